'use client';
import { Text } from '@mantine/core';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
import { counted } from '@/lib/text/counted.ts';
import { type Role, useDeleteRole } from '../api/roles.ts';

interface DeleteRoleModalProps {
  role: Role;
  groupCount: number;
  onClose(): void;
  onDeleted(): void;
}

/** Deletes a role after naming who loses it. */
export function DeleteRoleModal({ role, groupCount, onClose, onDeleted }: DeleteRoleModalProps) {
  return (
    <ConfirmModal
      question={`Delete ${role.name}?`}
      act="Delete"
      mutation={useDeleteRole()}
      input={{ id: role.id }}
      done={`${role.name} is deleted`}
      onClose={onClose}
      onDone={onDeleted}
    >
      <Text>
        {counted(role.userCount, 'person loses', 'people lose')} the role at once, and{' '}
        {counted(groupCount, 'group gives', 'groups give')} it no more. Whoever has no other role then has the
        default roles. This can’t be undone.
      </Text>
    </ConfirmModal>
  );
}
