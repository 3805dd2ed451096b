'use client';
import { Input, SegmentedControl } from '@mantine/core';
import type { ExpiryPreset } from './token-expiry.ts';

interface ExpiryFieldProps {
  presets: readonly ExpiryPreset[];
  value?: string;
  onChange?: (value: string) => void;
}

/** How long a new token lives. */
export function ExpiryField({ presets, value, onChange }: ExpiryFieldProps) {
  return (
    <Input.Wrapper label="Expires after" labelElement="div">
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Expires after"
        data={presets.map((preset) => ({ value: preset.value, label: preset.label }))}
        value={value}
        onChange={onChange}
      />
    </Input.Wrapper>
  );
}
