'use client';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { useSendReset } from '../api/person-access.ts';

interface SendResetModalProps {
  id: string;
  name: string;
  /** Where the link goes. */
  address: string | undefined;
  onClose: () => void;
}

/** Sends somebody a link to set their password, after naming where it goes. */
export function SendResetModal({ id, name, address, onClose }: SendResetModalProps) {
  const [send, { loading, error }] = useSendReset();
  const submit = async () => {
    // The dialog shows a refusal through `error`.
    const result = await send({ variables: { input: { userId: id } } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `A link is on its way to ${result.data.sendPasswordReset.address}` });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Send ${name} a link?`}>
      <Stack gap="md">
        {error && <ErrorState error={error} />}
        {address ? (
          <Text>
            With it they set the password that they sign in with, also for the first time. It goes to{' '}
            <b>{address}</b>, works once, for an hour, and changes nothing until they use it.
          </Text>
        ) : (
          <Text>{name} has no e-mail address, so there is nowhere to send a link.</Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {address ? 'Cancel' : 'Close'}
          </Button>
          {address && (
            <Button loading={loading} onClick={submit} data-autofocus>
              Send the link
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
