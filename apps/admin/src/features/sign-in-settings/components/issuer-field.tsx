'use client';
import { Group, Loader, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type Preset, useIssuerCheck } from '../api/sign-in-connections.ts';
import { issuerFrom, presets } from '../presets.ts';

interface IssuerFieldProps {
  preset: Preset;
  value: string;
  onChange(value: string): void;
  error?: ReactNode;
}

/** How long somebody types before the provider is asked. */
const PAUSE_MS = 700;

const hostOf = (issuer: string) => URL.parse(issuer)?.host ?? issuer;

/** What the provider answers at the issuer that is meant, as soon as the typing stops. */
function Answer({ issuer }: { issuer: string }) {
  const [asked] = useDebouncedValue(issuer, PAUSE_MS);
  const { check, loading, error } = useIssuerCheck(asked);
  if (issuer === '') return null;
  if (asked !== issuer || loading)
    return (
      <Group gap={6} role="status">
        <Loader size={12} />
        <Text c="dimmed" size="xs">
          Asking {hostOf(issuer)}…
        </Text>
      </Group>
    );
  if (error || !check) return null;
  const answers = check.problem === null;
  const Glyph = answers ? IconCircleCheck : IconAlertTriangle;
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" role="status">
      <Glyph
        size={15}
        style={{ flexShrink: 0, marginTop: 2 }}
        color={`light-dark(var(--mantine-color-${answers ? 'teal' : 'yellow'}-8), var(--mantine-color-${answers ? 'teal' : 'yellow'}-4))`}
        aria-hidden
      />
      <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
        {answers ? `${hostOf(issuer)} answers as a provider of OpenID Connect.` : check.problem}
      </Text>
    </Group>
  );
}

/** Who the provider is: typed as it shows it, asked while it is typed. It can be saved before it answers. */
export function IssuerField({ preset, value, onChange, error }: IssuerFieldProps) {
  const { label, placeholder, hint } = presets[preset].issuer;
  const issuer = issuerFrom(preset, value);
  return (
    <Stack gap={6}>
      <TextInput
        label={label}
        placeholder={placeholder}
        description={hint}
        required
        withAsterisk={false}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {issuer !== value.trim() && (
        <Text c="dimmed" size="xs" style={{ overflowWrap: 'anywhere' }}>
          Issuer: {issuer}
        </Text>
      )}
      {!error && <Answer issuer={issuer} />}
    </Stack>
  );
}
