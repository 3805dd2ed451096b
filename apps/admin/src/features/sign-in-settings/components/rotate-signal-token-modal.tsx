'use client';
import { RotateSecretForm } from '@/components/secrets/rotate-secret-form.tsx';
import { SecretModal } from '@/components/secrets/secret-modal.tsx';
import { useRotateSignalToken } from '../api/signal-stream.ts';

/** Gives the transmitter of security events a new token and lets the old one live for a chosen time. */
export function RotateSignalTokenModal({
  signInConnectionId,
  onClose,
}: {
  signInConnectionId: string;
  onClose: () => void;
}) {
  const [rotate, { loading, error }] = useRotateSignalToken();
  const submit = async (overlapSeconds: number, showSecret: (secret: string) => void) => {
    // The form shows a refusal through `error`.
    const result = await rotate({ variables: { input: { signInConnectionId, overlapSeconds } } }).catch(
      () => undefined,
    );
    const secret = result?.data?.rotateSignalToken.secret;
    if (secret) showSecret(secret);
  };
  return (
    <SecretModal title="Rotate the transmitter’s token" onClose={onClose}>
      {(showSecret) => (
        <RotateSecretForm
          loading={loading}
          error={error}
          onClose={onClose}
          onRotate={(overlapSeconds) => void submit(overlapSeconds, showSecret)}
        >
          The transmitter gets a new token.
        </RotateSecretForm>
      )}
    </SecretModal>
  );
}
