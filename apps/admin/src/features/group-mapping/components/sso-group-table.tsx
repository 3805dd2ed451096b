import { ActionIcon, Group, Pill, Table, Text, Tooltip } from '@mantine/core';
import { IconHourglass, IconLogin2, IconPencil } from '@tabler/icons-react';
import Link from 'next/link';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Glow } from '@/components/ui/glow.tsx';
import { ListTable } from '@/components/ui/list-table.tsx';
import { StateBadge, type StateLook } from '@/components/ui/state-badge.tsx';
import { TableSkeleton } from '@/components/ui/table-skeleton.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import type { SsoGroup } from '../api/sso-groups.ts';

const waiting: StateLook = { color: 'yellow', icon: IconHourglass, label: 'Not seen yet' };

interface SsoGroupTableProps {
  /** Left out while they are on their way. */
  groups: readonly SsoGroup[] | undefined;
  stale: boolean;
  narrowed: boolean;
  onEdit(group: SsoGroup): void;
}

function Head() {
  return (
    <Table.Tr>
      <Table.Th>Group</Table.Th>
      <Table.Th ta="right" visibleFrom="sm">
        People
      </Table.Th>
      <Table.Th visibleFrom="sm">Last seen</Table.Th>
      <Table.Th>Roles</Table.Th>
      <Table.Th aria-label="Actions" />
    </Table.Tr>
  );
}

const holders = (count: number): string =>
  count === 1 ? 'one person has it by this' : `${count.toLocaleString('en')} people have it by this`;

function Roles({ mappings }: Pick<SsoGroup, 'mappings'>) {
  return (
    <Glow value={mappings.map(({ role }) => role.name).join(', ')}>
      {mappings.length === 0 && (
        <Text span c="dimmed">
          none
        </Text>
      )}
      <Pill.Group component="span">
        {mappings.map(({ id, role, userCount }) => (
          <Tooltip key={id} label={`${role.name}: ${holders(userCount)}`}>
            <Pill component="span">
              <Link href={`/group-mapping/${id}`}>{role.name}</Link>
            </Pill>
          </Tooltip>
        ))}
      </Pill.Group>
    </Glow>
  );
}

function GroupRow({
  group: { group, userCount, lastSeenAt, mappings },
  onEdit,
}: {
  group: SsoGroup;
  onEdit(): void;
}) {
  const label = `Change the roles of ${group}`;
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={8}>
          <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
            {group}
          </Text>
          {lastSeenAt === null && <StateBadge look={waiting} />}
        </Group>
      </Table.Td>
      <Table.Td ta="right" className="numeric" visibleFrom="sm">
        {lastSeenAt !== null && <Glow value={userCount}>{userCount.toLocaleString('en')}</Glow>}
      </Table.Td>
      <Table.Td visibleFrom="sm">{lastSeenAt !== null && <TimeAgo at={lastSeenAt} />}</Table.Td>
      <Table.Td>
        <Roles mappings={mappings} />
      </Table.Td>
      <Table.Td w={44}>
        <Tooltip label={label}>
          <ActionIcon variant="subtle" color="gray" onClick={onEdit} aria-label={label}>
            <IconPencil size={16} />
          </ActionIcon>
        </Tooltip>
      </Table.Td>
    </Table.Tr>
  );
}

/** Groups of sign-ins with the people they came with and the roles that they add. */
export function SsoGroupTable({ groups, stale, narrowed, onEdit }: SsoGroupTableProps) {
  if (groups?.length === 0)
    return (
      <EmptyState icon={IconLogin2} title={narrowed ? 'No group matches' : 'No group has arrived yet'}>
        {narrowed
          ? 'Try fewer letters, or another sign-in connection.'
          : 'Groups are listed here once somebody has signed in with them. You can map one before, exactly as the identity provider sends it.'}
      </EmptyState>
    );
  return (
    <ListTable head={<Head />} stale={stale}>
      {groups?.map((group) => <GroupRow key={group.group} group={group} onEdit={() => onEdit(group)} />) ?? (
        <TableSkeleton rows={8} columns={5} />
      )}
    </ListTable>
  );
}
