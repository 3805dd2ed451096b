import { ActionIcon, Group, Pill, Table, Text, Tooltip } from '@mantine/core';
import { IconHourglass, IconPencil } from '@tabler/icons-react';
import Link from 'next/link';
import { Glow } from '@/components/ui/glow.tsx';
import { StateBadge, type StateLook } from '@/components/ui/state-badge.tsx';
import type { MappedGroup } from '../mapped-groups.ts';

const waiting: StateLook = { color: 'yellow', icon: IconHourglass, label: 'Not pushed yet' };

function Roles({ mappings }: Pick<MappedGroup, 'mappings'>) {
  return (
    <Glow value={mappings.map(({ role }) => role.name).join(', ')}>
      {mappings.length === 0 && (
        <Text span c="dimmed">
          none
        </Text>
      )}
      <Pill.Group component="span">
        {mappings.map(({ id, role }) => (
          <Tooltip key={id} label={`Whom ${role.name} by this group concerns`}>
            <Pill component="span">
              <Link href={`/group-mapping/${id}`}>{role.name}</Link>
            </Pill>
          </Tooltip>
        ))}
      </Pill.Group>
    </Glow>
  );
}

/** A group with its members and roles, and the way to change these. */
export function GroupRow({ group, onEdit }: { group: MappedGroup; onEdit(): void }) {
  const { name, team, mappings } = group;
  return (
    <Table.Tr>
      <Table.Td>
        {team ? (
          <>
            <Text component={Link} href={`/teams/${team.id}`} fw={500}>
              {name}
            </Text>
            <Text c="dimmed" size="xs" hiddenFrom="sm">
              {team.memberCount.toLocaleString('en')} {team.memberCount === 1 ? 'member' : 'members'}
            </Text>
          </>
        ) : (
          <Group gap={8}>
            <Text fw={500}>{name}</Text>
            <StateBadge look={waiting} />
          </Group>
        )}
      </Table.Td>
      <Table.Td ta="right" className="numeric" visibleFrom="sm">
        {team && <Glow value={team.memberCount}>{team.memberCount.toLocaleString('en')}</Glow>}
      </Table.Td>
      <Table.Td>
        <Roles mappings={mappings} />
      </Table.Td>
      <Table.Td w={44}>
        <Tooltip label={`Change the roles of ${name}`}>
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={onEdit}
            aria-label={`Change the roles of ${name}`}
          >
            <IconPencil size={16} />
          </ActionIcon>
        </Tooltip>
      </Table.Td>
    </Table.Tr>
  );
}
