'use client';
import { Table, Text } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { PersonLabel } from '@/components/people/person-label.tsx';
import { personName } from '@/components/people/person-name.ts';
import { UserStatusBadge } from '@/components/people/user-status-badge.tsx';
import { Glow } from '@/components/ui/glow.tsx';
import { rowClass } from '@/components/ui/list-table.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import type { Person } from '@/lib/live/entity-fragments.ts';

/** A person in the list; what an event changes glows. */
export function PersonRow({ person }: { person: Person }) {
  const router = useRouter();
  return (
    <Table.Tr className={rowClass} onClick={() => router.push(`/people/${person.id}`)}>
      <Table.Td maw={320}>
        <PersonLabel person={person} detail={person.title ?? person.userName} />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Glow value={person.department}>
          {person.department ?? (
            <Text span c="dimmed">
              none
            </Text>
          )}
        </Glow>
      </Table.Td>
      <Table.Td visibleFrom="lg">
        <Glow value={person.manager?.id ?? null}>
          <Text span c="dimmed">
            {person.manager ? personName(person.manager) : 'none'}
          </Text>
        </Glow>
      </Table.Td>
      <Table.Td>
        <Glow value={person.status}>
          <UserStatusBadge status={person.status} />
        </Glow>
      </Table.Td>
      <Table.Td visibleFrom="md" c="dimmed">
        <TimeAgo at={person.updatedAt} />
      </Table.Td>
    </Table.Tr>
  );
}
