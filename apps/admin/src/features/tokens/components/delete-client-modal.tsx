'use client';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { type OAuthClient, useDeleteOAuthClient } from '../api/oauth-clients.ts';

/** Ends a program's access after naming what stops working. */
export function DeleteClientModal({ client, onClose }: { client: OAuthClient; onClose: () => void }) {
  const [remove, { loading, error }] = useDeleteOAuthClient();
  const submit = async () => {
    // The dialog shows a refusal through `error`.
    const result = await remove({ variables: { input: { id: client.id } } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `${client.name} gets no more tokens` });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Revoke ${client.name}?`}>
      <Stack gap="md">
        {error && <ErrorState error={error} />}
        <Text>
          It gets no more tokens, and those that it has end at once: what it provisions stops. This can’t be
          undone.
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
