import { Table } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ListTable } from '@/components/ui/list-table.tsx';
import { TableSkeleton } from '@/components/ui/table-skeleton.tsx';
import type { MappedGroup } from '../mapped-groups.ts';
import { GroupRow } from './group-row.tsx';

interface GroupTableProps {
  /** Left out while they are on their way. */
  groups: readonly MappedGroup[] | undefined;
  stale: boolean;
  narrowed: boolean;
  onEdit(group: MappedGroup): void;
}

function Head() {
  return (
    <Table.Tr>
      <Table.Th>Group</Table.Th>
      <Table.Th ta="right" visibleFrom="sm">
        Members
      </Table.Th>
      <Table.Th>Roles</Table.Th>
      <Table.Th aria-label="Actions" />
    </Table.Tr>
  );
}

/** Groups with their members and the roles that they give. */
export function GroupTable({ groups, stale, narrowed, onEdit }: GroupTableProps) {
  if (groups?.length === 0)
    return (
      <EmptyState
        icon={IconUsersGroup}
        title={narrowed ? 'No group matches' : 'No group has been pushed yet'}
      >
        {narrowed
          ? 'Try fewer letters, or another connection.'
          : 'Groups are listed here once the identity provider has pushed them. You can map one by name before.'}
      </EmptyState>
    );
  return (
    <ListTable head={<Head />} stale={stale}>
      {groups?.map((group) => (
        <GroupRow key={group.team?.id ?? group.name} group={group} onEdit={() => onEdit(group)} />
      )) ?? <TableSkeleton rows={8} columns={4} />}
    </ListTable>
  );
}
