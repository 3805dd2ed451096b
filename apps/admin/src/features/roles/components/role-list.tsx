'use client';
import { Button, Center, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { ListTable } from '@/components/ui/list-table.tsx';
import { Page } from '@/components/ui/page.tsx';
import { TableSkeleton } from '@/components/ui/table-skeleton.tsx';
import { useRoles } from '../api/roles.ts';
import { DefaultRoles } from './default-roles.tsx';
import { RoleModal } from './role-modal.tsx';
import { RoleRow } from './role-row.tsx';

function Head() {
  return (
    <Table.Tr>
      <Table.Th>Name</Table.Th>
      <Table.Th visibleFrom="sm">May</Table.Th>
      <Table.Th ta="right">People</Table.Th>
    </Table.Tr>
  );
}

/** The account's roles: what each allows, how many people were granted it, and which come by default. */
export function RoleList() {
  const { roles, defaults, loading, error, refetch, loadMore } = useRoles();
  const [creating, create] = useDisclosure(false);
  const router = useRouter();
  const isDefault = (id: string) => defaults?.some((each) => each.id === id) ?? false;
  return (
    <Page
      title="Roles"
      description="What people may do. A role comes by hand, by a group of an identity provider, by its own word for a person, or by default."
      action={
        <Button leftSection={<IconPlus size={14} />} onClick={create.open}>
          Create a role
        </Button>
      }
    >
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {(roles || !error) && (
        <ListTable head={<Head />}>
          {roles?.nodes.map((role) => (
            <RoleRow key={role.id} role={role} isDefault={isDefault(role.id)} />
          )) ?? <TableSkeleton rows={3} columns={3} />}
        </ListTable>
      )}
      {roles?.pageInfo.hasNextPage && (
        <Center>
          <Button variant="subtle" color="gray" loading={loading} onClick={loadMore}>
            More roles
          </Button>
        </Center>
      )}
      {roles && defaults && <DefaultRoles roles={roles.nodes} defaults={defaults} />}
      {creating && <RoleModal onClose={create.close} onSaved={({ id }) => router.push(`/roles/${id}`)} />}
    </Page>
  );
}
