'use client';
import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { refusalAt } from '@/lib/graphql/refusal.ts';
import { type SignInConnection, useUpdateSignInConnection } from '../api/sign-in-connections.ts';
import { presets } from '../presets.ts';

/** Takes another client secret; the one before is forgotten. */
export function RotateSecretModal({
  connection: { id, name, preset },
  onClose,
}: {
  connection: SignInConnection;
  onClose: () => void;
}) {
  const [clientSecret, setClientSecret] = useState('');
  const [update, { loading, error }] = useUpdateSignInConnection();
  const refusal = refusalAt(error, ['clientSecret']);
  const submit = async () => {
    // The dialog shows a refusal through `error`.
    const result = await update({ variables: { input: { id, clientSecret: clientSecret.trim() } } }).catch(
      () => undefined,
    );
    if (!result?.data) return;
    notifications.show({ message: `${name} uses the new secret` });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Replace the client secret">
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
            Make a second secret at {presets[preset].label} first and paste it here; then take the old one
            away there. Nobody is kept out in between.
          </Text>
          <PasswordInput
            label={presets[preset].clientSecret}
            autoComplete="off"
            data-autofocus
            value={clientSecret}
            error={refusal.at.clientSecret}
            onChange={(event) => setClientSecret(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={loading} disabled={clientSecret.trim() === ''}>
              Replace
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
