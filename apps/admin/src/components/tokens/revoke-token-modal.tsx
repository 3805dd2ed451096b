'use client';
import { Text } from '@mantine/core';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { useRevokeToken } from './change-tokens.ts';
import type { Token, TokenSummary } from './token-fields.ts';

/** One's own, or one of the account with its connection. */
type Revoked = TokenSummary & Partial<Pick<Token, 'connection'>>;

function consequence({ kind, connection }: Revoked): string {
  if (kind === 'API') return 'Whatever uses it gets a 401 from now on.';
  const name = connection ? `the connection ${connection.name}` : 'its connection';
  return `Provisioning over ${name} stops with this token: people who arrive, change or leave there are no longer told to Rollcall until it gets another token.`;
}

/** Revokes a token after naming what stops working. */
export function RevokeTokenModal({ token, onClose }: { token: Revoked; onClose: () => void }) {
  return (
    <ConfirmModal
      question={`Revoke ${token.name}?`}
      act="Revoke"
      mutation={useRevokeToken()}
      input={{ id: token.id }}
      done={`${token.name} is revoked`}
      onClose={onClose}
    >
      <Text>{consequence(token)} This can’t be undone.</Text>
      <Text c="dimmed">
        Last used: <TimeAgo at={token.lastUsedAt} />
      </Text>
    </ConfirmModal>
  );
}
