'use client';
import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { SecretModal } from '@/components/secrets/secret-modal.tsx';
import type { Token } from '@/components/tokens/token-fields.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { useRotateToken } from '../api/tokens.ts';

const overlaps = [
  { value: '0', label: 'At once', description: 'The old secret stops working now. For secrets that leaked.' },
  { value: '3600', label: 'After 1 hour', description: 'Time to paste the new one while you are at it.' },
  { value: '86400', label: 'After 1 day', description: 'Both work until tomorrow.' },
  { value: '604800', label: 'After 7 days', description: 'For machines that someone else has to change.' },
];

interface RotateFormProps {
  token: Token;
  onClose: () => void;
  onSecret: (secret: string) => void;
}

function RotateForm({ token, onClose, onSecret }: RotateFormProps) {
  const [overlap, setOverlap] = useState('3600');
  const [rotate, { loading, error }] = useRotateToken();
  const submit = async () => {
    const input = { id: token.id, overlapSeconds: Number(overlap) };
    // The form shows a refusal through `error`.
    const result = await rotate({ variables: { input } }).catch(() => undefined);
    if (result?.data) onSecret(result.data.rotateToken.secret);
  };
  return (
    <Stack gap="md">
      {error && <ErrorState error={error} />}
      <Text>
        <b>{token.name}</b> gets a new secret. When does the old one stop working?
      </Text>
      <Radio.Group value={overlap} onChange={setOverlap} aria-label="When the old secret stops working">
        <Stack gap="sm">
          {overlaps.map((each) => (
            <Radio key={each.value} {...each} size="sm" />
          ))}
        </Stack>
      </Radio.Group>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={loading} onClick={submit}>
          Rotate
        </Button>
      </Group>
    </Stack>
  );
}

/** Gives a token a new secret and lets the old one live for a chosen time. */
export function RotateTokenModal({ token, onClose }: { token: Token; onClose: () => void }) {
  return (
    <SecretModal title="Rotate the token" onClose={onClose}>
      {(showSecret) => <RotateForm token={token} onClose={onClose} onSecret={showSecret} />}
    </SecretModal>
  );
}
