'use client';
import { Button, Grid, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil, IconShieldQuestion, IconTrash } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { RoleBadges } from '@/components/roles/role-badges.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Page } from '@/components/ui/page.tsx';
import { useRole } from '../api/role.ts';
import type { Role } from '../api/roles.ts';
import { DeleteRoleModal } from './delete-role-modal.tsx';
import { RoleGroups } from './role-groups.tsx';
import { RoleHolders } from './role-holders.tsx';
import { RoleModal } from './role-modal.tsx';
import { RolePermissions } from './role-permissions.tsx';
import { RoleProviders } from './role-providers.tsx';

function Header({ role, isDefault }: { role: Role; isDefault: boolean }) {
  return (
    <Stack gap={2}>
      <Group gap="sm">
        <Title order={1}>{role.name}</Title>
        <RoleBadges role={role} isDefault={isDefault} />
      </Group>
      {role.description && <Text c="dimmed">{role.description}</Text>}
    </Stack>
  );
}

/** What can be done with a role of one's own; built-in ones stay as they are. */
function Actions({ role, groupCount }: { role: Role; groupCount: number }) {
  const [editing, edit] = useDisclosure(false);
  const [deleting, remove] = useDisclosure(false);
  const router = useRouter();
  return (
    <Group gap="xs">
      <Button variant="default" leftSection={<IconTrash size={14} />} onClick={remove.open}>
        Delete
      </Button>
      <Button leftSection={<IconPencil size={14} />} onClick={edit.open}>
        Edit
      </Button>
      {editing && <RoleModal role={role} onClose={edit.close} />}
      {deleting && (
        <DeleteRoleModal
          role={role}
          groupCount={groupCount}
          onClose={remove.close}
          onDeleted={() => router.push('/roles')}
        />
      )}
    </Group>
  );
}

/** One role: what it allows, who has it and why, and which groups give it. */
export function RolePage({ id }: { id: string }) {
  const { role, mappings, isDefault, missing, loading, error, refetch } = useRole(id);
  const groupCount = mappings?.totalCount ?? 0;
  return (
    <Page
      title={
        role ? (
          <Header role={role} isDefault={isDefault} />
        ) : missing ? (
          'Role'
        ) : (
          <Skeleton height={48} width={240} />
        )
      }
      action={role && !role.builtIn && <Actions role={role} groupCount={groupCount} />}
    >
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {missing && !error && (
        <EmptyState icon={IconShieldQuestion} title="There is no such role">
          It may have been deleted, or it belongs to another account. The activity keeps its history.
        </EmptyState>
      )}
      {role && (
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 7 }}>
            <RoleHolders roleId={id} total={role.userCount} isDefault={isDefault} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 5 }}>
            <Stack gap="md">
              <RoleGroups mappings={mappings?.nodes ?? []} total={groupCount} />
              <RoleProviders connections={role.assignableBy} />
              <RolePermissions permissions={role.permissions} />
            </Stack>
          </Grid.Col>
        </Grid>
      )}
      {!role && loading && <Skeleton height={320} radius="lg" />}
    </Page>
  );
}
