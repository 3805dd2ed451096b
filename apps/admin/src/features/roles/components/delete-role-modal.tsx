'use client';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { type Role, useDeleteRole } from '../api/roles.ts';

interface DeleteRoleModalProps {
  role: Role;
  groupCount: number;
  onClose(): void;
  onDeleted(): void;
}

const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** Deletes a role after naming who loses it. */
export function DeleteRoleModal({ role, groupCount, onClose, onDeleted }: DeleteRoleModalProps) {
  const [remove, { loading, error }] = useDeleteRole();
  const submit = async () => {
    // The dialog shows a refusal through `error`.
    const result = await remove({ variables: { input: { id: role.id } } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `${role.name} is deleted` });
    onDeleted();
  };
  return (
    <Modal opened onClose={onClose} title={`Delete ${role.name}?`}>
      <Stack gap="md">
        {error && <ErrorState error={error} />}
        <Text>
          {counted(role.userCount, 'person loses', 'people lose')} the role at once, and{' '}
          {counted(groupCount, 'group gives', 'groups give')} it no more. Whoever has no other role then has
          the default roles. This can’t be undone.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={loading} onClick={submit}>
            Delete
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
