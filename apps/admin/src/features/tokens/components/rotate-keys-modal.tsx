'use client';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { refusalAt } from '@/lib/graphql/refusal.ts';
import { type OAuthClient, useRotateOAuthClientKeys } from '../api/oauth-clients.ts';
import { ClientKeysField, keysInput, noKeys } from './client-keys-field.tsx';

/** Gives a program other keys, which ends the tokens that it has. */
export function RotateKeysModal({ client, onClose }: { client: OAuthClient; onClose: () => void }) {
  const [keys, setKeys] = useState({
    ...noKeys,
    from: client.jwksUri === null ? ('jwks' as const) : ('jwksUri' as const),
    jwksUri: client.jwksUri ?? '',
  });
  const [rotate, { loading, error }] = useRotateOAuthClientKeys();
  const refusal = refusalAt(error, ['jwks', 'jwksUri']);
  const submit = async () => {
    const input = { id: client.id, ...keysInput(keys) };
    // The dialog shows a refusal through `error`.
    const result = await rotate({ variables: { input } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `${client.name} is known by its new keys` });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Replace the keys of ${client.name}`} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        noValidate
      >
        <Stack gap="md">
          {Boolean(refusal.other) && <ErrorState error={refusal.other} />}
          <Text>
            The keys of before count no more, and the tokens that it has end at once. To exchange keys without
            a pause, give both, old and new, and take the old ones away later.
          </Text>
          <ClientKeysField value={keys} onChange={setKeys} errors={refusal.at} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={loading}>
              Replace
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
