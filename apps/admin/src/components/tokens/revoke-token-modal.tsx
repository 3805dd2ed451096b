'use client';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ErrorState } from '@/components/ui/error-state.tsx';
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
  const [revoke, { loading, error }] = useRevokeToken();
  const submit = async () => {
    // The dialog shows a refusal through `error`.
    const result = await revoke({ variables: { input: { id: token.id } } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `${token.name} is revoked` });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Revoke ${token.name}?`}>
      <Stack gap="md">
        {error && <ErrorState error={error} />}
        <Text>{consequence(token)} This can’t be undone.</Text>
        <Text c="dimmed">
          Last used: <TimeAgo at={token.lastUsedAt} />
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={loading} onClick={submit}>
            Revoke
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
