'use client';
import { Text } from '@mantine/core';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
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
  return (
    <ConfirmModal
      question={`Send ${name} a link?`}
      act={address ? 'Send the link' : undefined}
      color="primary"
      keep="Cancel"
      mutation={useSendReset()}
      input={{ userId: id }}
      done={({ sendPasswordReset }) => `A link is on its way to ${sendPasswordReset.address}`}
      onClose={onClose}
    >
      {address ? (
        <Text>
          With it they set the password that they sign in with, also for the first time. It goes to{' '}
          <b>{address}</b>, works once, for an hour, and changes nothing until they use it.
        </Text>
      ) : (
        <Text>{name} has no e-mail address, so there is nowhere to send a link.</Text>
      )}
    </ConfirmModal>
  );
}
