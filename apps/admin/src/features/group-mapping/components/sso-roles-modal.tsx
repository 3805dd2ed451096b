'use client';
import { Alert, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { ChangeActions, ChooseRoles } from '@/components/roles/choose-roles.tsx';
import type { RoleChoice } from '@/components/roles/role-fields.ts';
import { refusalAt } from '@/lib/graphql/refusal.ts';
import { type SsoConnection, type SsoGroup, useSetSsoGroupRoles } from '../api/sso-groups.ts';

interface SsoRolesModalProps {
  connection: SsoConnection;
  /** The group to change; one that is named here when left out. */
  group: SsoGroup | undefined;
  roles: readonly RoleChoice[];
  onClose(): void;
}

/** Decides which roles a group adds to whoever signs in with it; it can be named before it has arrived. */
export function SsoRolesModal({ connection, group, roles, onClose }: SsoRolesModalProps) {
  const [name, setName] = useState(group?.group ?? '');
  const [roleIds, setRoleIds] = useState(group?.mappings.map(({ role }) => role.id) ?? []);
  const [save, { loading, error, reset }] = useSetSsoGroupRoles();
  const { at, other } = refusalAt(error, ['roleIds', 'group', 'ifRoleIds']);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const ifRoleIds = group?.mappings.map(({ role }) => role.id) ?? [];
    const input = { signInConnectionId: connection.id, group: name, roleIds, ifRoleIds };
    // The form shows a refusal through `error`.
    const result = await save({ variables: { input } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `The roles of ${name.trim()} are saved` });
    onClose();
  };
  const incomplete = !group && (name.trim() === '' || roleIds.length === 0);
  return (
    <Modal opened onClose={onClose} title={group ? `Roles of ${group.group}` : 'Add a group'}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {!group && (
            <TextInput
              label="Group"
              description={`Exactly as ${connection.name} sends it: a name, or an id such as those of Entra ID.`}
              data-autofocus
              value={name}
              onChange={({ currentTarget }) => {
                setName(currentTarget.value);
                reset();
              }}
              error={at.group}
            />
          )}
          <ChooseRoles
            label="Roles"
            roles={roles}
            value={roleIds}
            onChange={(value) => {
              setRoleIds(value);
              reset();
            }}
            error={at.roleIds}
          />
          <Text c="dimmed">
            Added at the next sign-in with this group. Signing in never takes a role: who has one by it keeps
            it until it is taken back on their page. Nobody who has a paid role gets view-only by it.
          </Text>
          {at.ifRoleIds && (
            <Alert
              color="yellow"
              variant="light"
              icon={<IconAlertTriangle size={18} />}
              title={group ? 'Its roles were changed meanwhile' : 'This group has roles already'}
              role="alert"
            >
              Nothing has been changed. Close this, look at its roles in the list, and change them there.
            </Alert>
          )}
          <ChangeActions
            error={at.ifRoleIds ? undefined : other}
            loading={loading}
            disabled={incomplete || at.ifRoleIds !== undefined}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}
