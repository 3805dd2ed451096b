'use client';
import { Table, Text } from '@mantine/core';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { personName } from '@/components/people/person-name.ts';
import { OriginBadge } from '@/components/teams/origin-badge.tsx';
import { Glow } from '@/components/ui/glow.tsx';
import { rowClass } from '@/components/ui/list-table.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import type { TeamSummary } from '@/lib/live/entity-fragments.ts';

/** A team in the list; its member count follows the feed. */
export function TeamRow({ team }: { team: TeamSummary }) {
  const router = useRouter();
  const path = `/teams/${team.id}`;
  return (
    <Table.Tr className={rowClass} onClick={() => router.push(path)}>
      <Table.Td maw={360}>
        <Text
          component={Link}
          href={path}
          fw={500}
          truncate
          display="block"
          onClick={(event) => event.stopPropagation()}
        >
          {team.displayName}
        </Text>
        {(team.parent || team.connection) && (
          <Text c="dimmed" size="xs" truncate>
            {team.parent ? `in ${team.parent.displayName}` : `from ${team.connection?.name}`}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="xs">
        <OriginBadge origin={team.origin} />
      </Table.Td>
      <Table.Td visibleFrom="md">
        {team.lead ? (
          personName(team.lead)
        ) : (
          <Text span c="dimmed">
            none
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right" className="numeric">
        <Glow value={team.memberCount}>{team.memberCount.toLocaleString('en')}</Glow>
      </Table.Td>
      <Table.Td visibleFrom="md" c="dimmed">
        <TimeAgo at={team.updatedAt} />
      </Table.Td>
    </Table.Tr>
  );
}
