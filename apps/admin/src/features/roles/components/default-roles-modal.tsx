'use client';
import { Modal, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { ChangeActions, ChooseRoles } from '@/components/roles/choose-roles.tsx';
import type { RoleChoice } from '@/components/roles/role-fields.ts';
import { losesOwnAccess, refusalAt } from '@/lib/graphql/refusal.ts';
import { useSetDefaultRoles } from '../api/roles.ts';

interface DefaultRolesModalProps {
  roles: readonly RoleChoice[];
  defaults: readonly RoleChoice[];
  onClose(): void;
}

/** Decides which roles people have who were granted none. */
export function DefaultRolesModal({ roles, defaults, onClose }: DefaultRolesModalProps) {
  const [roleIds, setRoleIds] = useState(defaults.map(({ id }) => id));
  const [save, { loading, error, reset }] = useSetDefaultRoles();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = { roleIds, evenIfILoseAccess: losesOwnAccess(error) };
    // The form shows a refusal through `error`.
    const result = await save({ variables: { input } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: 'The default roles are saved' });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Default roles">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <ChooseRoles
            label="People without a role have"
            description="view-only never combines with another role: choose it alone, or leave it out."
            roles={roles}
            value={roleIds}
            onChange={(value) => {
              setRoleIds(value);
              reset();
            }}
            error={refusalAt(error, ['roleIds']).at.roleIds}
          />
          <ChangeActions error={error} loading={loading} onClose={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
