'use client';
import { Text } from '@mantine/core';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
import { useDeleteSignalStream } from '../api/signal-stream.ts';

interface DeleteStreamModalProps {
  signInConnectionId: string;
  onClose(): void;
}

/** Ends a stream of security events after saying what no longer happens. */
export function DeleteStreamModal({ signInConnectionId, onClose }: DeleteStreamModalProps) {
  return (
    <ConfirmModal
      question="End the stream of security events?"
      act="End it"
      mutation={useDeleteSignalStream()}
      input={{ signInConnectionId }}
      done="The stream of security events is ended"
      onClose={onClose}
    >
      <Text>
        What the provider revokes no longer ends sessions here before their time. Its token is good no more.
      </Text>
    </ConfirmModal>
  );
}
