'use client';
import { SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';

/** By which keys a program is known: those given here, or those at an address. */
export interface ClientKeys {
  from: 'jwksUri' | 'jwks';
  jwksUri: string;
  jwks: string;
}

export const noKeys: ClientKeys = { from: 'jwksUri', jwksUri: '', jwks: '' };

/** What to send of them. */
export const keysInput = ({ from, ...keys }: ClientKeys) => ({ [from]: keys[from].trim() });

interface ClientKeysFieldProps {
  value: ClientKeys;
  onChange: (value: ClientKeys) => void;
  /** What the server says of them. */
  errors: { jwks?: string; jwksUri?: string };
}

const ways = [
  { value: 'jwksUri', label: 'At an address' },
  { value: 'jwks', label: 'Paste them' },
];

/** The public keys of a program, as a JWK Set. */
export function ClientKeysField({ value, onChange, errors }: ClientKeysFieldProps) {
  return (
    <Stack gap="xs">
      <SegmentedControl
        size="xs"
        aria-label="Where its public keys are"
        data={ways}
        value={value.from}
        onChange={(from) => onChange({ ...value, from: from === 'jwks' ? 'jwks' : 'jwksUri' })}
      />
      {value.from === 'jwksUri' ? (
        <TextInput
          label="JWKS URL"
          description="Its keys are read there when it asks for a token, so it can exchange them itself."
          placeholder="https://provisioner.example.com/.well-known/jwks.json"
          value={value.jwksUri}
          error={errors.jwksUri ?? errors.jwks}
          onChange={(event) => onChange({ ...value, jwksUri: event.currentTarget.value })}
        />
      ) : (
        <Textarea
          label="JWK Set"
          description="Public keys alone, RSA or EC. Keep the private ones where the program is."
          placeholder='{"keys": [{"kty": "EC", "crv": "P-256", "x": "…", "y": "…"}]}'
          autosize
          minRows={4}
          maxRows={12}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={value.jwks}
          error={errors.jwks}
          onChange={(event) => onChange({ ...value, jwks: event.currentTarget.value })}
        />
      )}
    </Stack>
  );
}
