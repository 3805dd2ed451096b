'use client';
import { Alert, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { ChangeActions, ChooseRoles } from '@/components/roles/choose-roles.tsx';
import type { RoleChoice } from '@/components/roles/role-fields.ts';
import { losesOwnAccess, refusalAt } from '@/lib/graphql/refusal.ts';
import { type AssigningConnection, useSetAssignableRoles } from '../api/assigned-roles.ts';

interface AssignableRolesModalProps {
  connection: AssigningConnection;
  roles: readonly RoleChoice[];
  onClose(): void;
}

/** Chooses the roles that an identity provider may give to people. */
export function AssignableRolesModal({
  connection: { id, name, assignableRoles },
  roles,
  onClose,
}: AssignableRolesModalProps) {
  const present = assignableRoles.map((role) => role.id);
  const [roleIds, setRoleIds] = useState(present);
  const [save, { loading, error, reset }] = useSetAssignableRoles();
  const { at } = refusalAt(error, ['roleIds', 'ifRoleIds']);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = {
      connectionId: id,
      roleIds,
      ifRoleIds: present,
      evenIfILoseAccess: losesOwnAccess(error),
    };
    // The form shows a refusal through `error`.
    const result = await save({ variables: { input } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `What ${name} may assign is saved` });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Roles that ${name} may assign`}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
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
            Whoever holds a SCIM token of {name} can give them to anybody. People of whom it says one already
            have it at once.
          </Text>
          {at.ifRoleIds && (
            <Alert
              color="yellow"
              variant="light"
              icon={<IconAlertTriangle size={18} />}
              title="They were changed meanwhile"
              role="alert"
            >
              Nothing has been changed. Close this, and look at them in the list.
            </Alert>
          )}
          <ChangeActions
            error={at.ifRoleIds ? undefined : error}
            loading={loading}
            disabled={at.ifRoleIds !== undefined}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}
