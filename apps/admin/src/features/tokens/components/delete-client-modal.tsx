'use client';
import { Text } from '@mantine/core';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
import { type OAuthClient, useDeleteOAuthClient } from '../api/oauth-clients.ts';

/** Ends a program's access after naming what stops working. */
export function DeleteClientModal({ client, onClose }: { client: OAuthClient; onClose: () => void }) {
  return (
    <ConfirmModal
      question={`Revoke ${client.name}?`}
      act="Revoke"
      mutation={useDeleteOAuthClient()}
      input={{ id: client.id }}
      done={`${client.name} gets no more tokens`}
      onClose={onClose}
    >
      <Text>
        It gets no more tokens, and those that it has end at once: what it provisions stops. This can’t be
        undone.
      </Text>
    </ConfirmModal>
  );
}
