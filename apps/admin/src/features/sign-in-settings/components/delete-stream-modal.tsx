'use client';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { useDeleteSignalStream } from '../api/signal-stream.ts';

/** Ends a stream of security events after saying what no longer happens. */
export function DeleteStreamModal({
  signInConnectionId,
  onClose,
}: {
  signInConnectionId: string;
  onClose: () => void;
}) {
  const [remove, { loading, error }] = useDeleteSignalStream();
  const submit = async () => {
    // The dialog shows a refusal through `error`.
    const result = await remove({ variables: { input: { signInConnectionId } } }).catch(() => undefined);
    if (result?.data) onClose();
  };
  return (
    <Modal opened onClose={onClose} title="End the stream of security events?">
      <Stack gap="md">
        {error && <ErrorState error={error} />}
        <Text>
          What the provider revokes no longer ends sessions here before their time. Its token is good no more.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={loading} onClick={submit}>
            End it
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
