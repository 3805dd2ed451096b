'use client';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { type Domain, useRemoveDomain } from '../api/domains.ts';
import { steers } from '../api/sign-in-connections.ts';

/** Removes a domain after saying what ends with it. */
export function RemoveDomainModal({ domain, onClose }: { domain: Domain; onClose: () => void }) {
  const [remove, { loading, error }] = useRemoveDomain();
  const submit = async () => {
    // The dialog shows a refusal through `error`.
    const result = await remove({ variables: { input: { id: domain.id } } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `${domain.name} is removed` });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Remove ${domain.name}?`}>
      <Stack gap="md">
        {error && <ErrorState error={error} />}
        <Text>
          {steers(domain)
            ? 'Its addresses lead nobody to your provider any more, and nobody new is found or created by them. Who is linked already stays linked and goes on signing in.'
            : 'It is not proven, so nothing else changes.'}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={loading} onClick={submit}>
            Remove
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
