'use client';
import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ErrorState } from '@/components/ui/error-state.tsx';

const overlaps = [
  { value: '0', label: 'At once', description: 'The old secret stops working now. For secrets that leaked.' },
  { value: '3600', label: 'After 1 hour', description: 'Time to paste the new one while you are at it.' },
  { value: '86400', label: 'After 1 day', description: 'Both work until tomorrow.' },
  { value: '604800', label: 'After 7 days', description: 'For machines that someone else has to change.' },
];

interface RotateSecretFormProps {
  /** What gets a new secret, in a sentence. */
  children: ReactNode;
  loading: boolean;
  error: Error | undefined;
  onClose: () => void;
  onRotate: (overlapSeconds: number) => void;
}

/** Asks how long the old secret lives beside a new one. */
export function RotateSecretForm({ children, loading, error, onClose, onRotate }: RotateSecretFormProps) {
  const [overlap, setOverlap] = useState('3600');
  return (
    <Stack gap="md">
      {error && <ErrorState error={error} />}
      <Text>{children} When does the old one stop working?</Text>
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
        <Button loading={loading} onClick={() => onRotate(Number(overlap))}>
          Rotate
        </Button>
      </Group>
    </Stack>
  );
}
