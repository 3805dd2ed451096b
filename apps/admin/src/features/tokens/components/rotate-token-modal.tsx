'use client';
import { RotateSecretForm } from '@/components/secrets/rotate-secret-form.tsx';
import { SecretModal } from '@/components/secrets/secret-modal.tsx';
import type { Token } from '@/components/tokens/token-fields.ts';
import { useRotateToken } from '../api/tokens.ts';

/** Gives a token a new secret and lets the old one live for a chosen time. */
export function RotateTokenModal({ token, onClose }: { token: Token; onClose: () => void }) {
  const [rotate, { loading, error }] = useRotateToken();
  const submit = async (overlapSeconds: number, showSecret: (secret: string) => void) => {
    // The form shows a refusal through `error`.
    const result = await rotate({ variables: { input: { id: token.id, overlapSeconds } } }).catch(
      () => undefined,
    );
    if (result?.data) showSecret(result.data.rotateToken.secret);
  };
  return (
    <SecretModal title="Rotate the token" onClose={onClose}>
      {(showSecret) => (
        <RotateSecretForm
          loading={loading}
          error={error}
          onClose={onClose}
          onRotate={(overlapSeconds) => void submit(overlapSeconds, showSecret)}
        >
          <b>{token.name}</b> gets a new secret.
        </RotateSecretForm>
      )}
    </SecretModal>
  );
}
