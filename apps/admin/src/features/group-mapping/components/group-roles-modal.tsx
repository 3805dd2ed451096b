'use client';
import { Alert, Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { ChangeActions, ChooseRoles } from '@/components/roles/choose-roles.tsx';
import type { RoleChoice } from '@/components/roles/role-fields.ts';
import { losesOwnAccess, refusalAt } from '@/lib/graphql/refusal.ts';
import { useUrlState } from '@/lib/url-state.ts';
import { type MappingConnection, useSetGroupRoles } from '../api/group-mapping.ts';
import type { MappedGroup } from '../mapped-groups.ts';

interface GroupRolesModalProps {
  connection: MappingConnection;
  /** The group to change; one that is named here when left out. */
  group: MappedGroup | undefined;
  roles: readonly RoleChoice[];
  onClose(): void;
}

function consequence(group: MappedGroup | undefined, connection: MappingConnection): string {
  if (!group?.team)
    return `Its members have the roles as soon as ${connection.name} pushes a group of this name, whatever its case.`;
  const { memberCount } = group.team;
  const members =
    memberCount === 1 ? 'The one member has' : `All ${memberCount.toLocaleString('en')} members have`;
  return `${members} exactly these roles by the group at once. What was given by hand or by other groups stays.`;
}

interface OtherRolesProps {
  title: string;
  name: string;
  onClose(): void;
}

/** The group gives other roles than whoever saved has seen: the way to those. */
function OtherRoles({ title, name, onClose }: OtherRolesProps) {
  const { change } = useUrlState();
  return (
    <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} />} title={title} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text>Nothing has been changed. Look at its roles in the list, and change them there.</Text>
        <Button
          variant="default"
          onClick={() => {
            change({ q: name, after: null, before: null });
            onClose();
          }}
        >
          Show {name}
        </Button>
      </Stack>
    </Alert>
  );
}

/** Decides which roles the members of a group have; a group can be named before it is pushed. */
export function GroupRolesModal({ connection, group, roles, onClose }: GroupRolesModalProps) {
  const [name, setName] = useState(group?.name ?? '');
  const [roleIds, setRoleIds] = useState(group?.mappings.map(({ role }) => role.id) ?? []);
  const [save, { loading, error, reset }] = useSetGroupRoles();
  const { at } = refusalAt(error, ['roleIds', 'groupName', 'ifRoleIds']);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const named = group?.team
      ? { teamId: group.team.id }
      : { connectionId: connection.id, groupName: name.trim() };
    const ifRoleIds = group?.mappings.map(({ role }) => role.id) ?? [];
    const input = { ...named, roleIds, ifRoleIds, evenIfILoseAccess: losesOwnAccess(error) };
    // The form shows a refusal through `error`.
    const result = await save({ variables: { input } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `The roles of ${name.trim()} are saved` });
    onClose();
  };
  const incomplete = !group && (name.trim() === '' || roleIds.length === 0);
  return (
    <Modal opened onClose={onClose} title={group ? `Roles of ${group.name}` : 'Add a group by name'}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {!group && (
            <TextInput
              label="Group name"
              placeholder="As the identity provider calls it"
              data-autofocus
              value={name}
              onChange={({ currentTarget }) => {
                setName(currentTarget.value);
                reset();
              }}
              error={at.groupName}
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
          <Text c="dimmed">{consequence(group, connection)}</Text>
          {at.ifRoleIds && (
            <OtherRoles
              title={group ? 'Its roles were changed meanwhile' : 'A group of this name has roles already'}
              name={name.trim()}
              onClose={onClose}
            />
          )}
          <ChangeActions
            error={at.ifRoleIds ? undefined : error}
            loading={loading}
            disabled={incomplete || at.ifRoleIds !== undefined}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}
