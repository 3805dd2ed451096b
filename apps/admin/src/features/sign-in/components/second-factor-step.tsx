'use client';
import { Anchor, Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconFingerprint } from '@tabler/icons-react';
import { useState } from 'react';
import type { AuthFailure } from '../api/post-auth.ts';
import { showCode, signInWithPasskey } from '../api/second-factor.ts';
import type { SecondFactor } from '../api/sign-in.ts';
import { Failure } from './failure.tsx';

const words: Record<SecondFactor, { link: string; says: string; label: string; description?: string }> = {
  TOTP: {
    link: 'Use a code of your authenticator app',
    says: 'Your authenticator app has a code for you.',
    label: 'Code',
    description: 'Six digits.',
  },
  PASSKEY: { link: 'Use a passkey', says: 'Show your passkey: a device, or a security key.', label: '' },
  RECOVERY_CODE: {
    link: 'Use a recovery code',
    says: 'One of the codes that you kept. Each works once.',
    label: 'Recovery code',
  },
};

interface StepProps {
  secondFactors: readonly SecondFactor[];
  onDone: () => void;
  onBack: () => void;
}

/** What comes after the password: one of somebody's second factors. */
export function SecondFactorStep({ secondFactors, onDone, onBack }: StepProps) {
  const [chosen, setChosen] = useState<SecondFactor>(secondFactors[0] ?? 'TOTP');
  const [failure, setFailure] = useState<AuthFailure>();
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (value) => (value.trim() || chosen === 'PASSKEY' ? null : 'Type the code') },
  });
  const { says, label, description } = words[chosen];

  async function submit({ code }: { code: string }) {
    setBusy(true);
    const refused =
      chosen === 'PASSKEY'
        ? await signInWithPasskey('second-factor')
        : await showCode(chosen === 'TOTP' ? { totpCode: code } : { recoveryCode: code });
    if (refused === undefined) return onDone();
    setBusy(false);
    const isAboutCode = refused.field === 'totpCode' || refused.field === 'recoveryCode';
    setFailure(isAboutCode ? undefined : refused);
    if (isAboutCode) form.setFieldError('code', refused.message.replace(/^\w+: /, 'It '));
  }

  function choose(factor: SecondFactor) {
    setChosen(factor);
    setFailure(undefined);
    form.reset();
  }

  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <div>
          <Title order={1}>Second factor</Title>
          <Text c="dimmed">{says}</Text>
        </div>
        {failure && <Failure failure={failure} />}
        {chosen !== 'PASSKEY' && (
          <TextInput
            key={chosen}
            label={label}
            description={description}
            size="sm"
            autoComplete="one-time-code"
            inputMode={chosen === 'TOTP' ? 'numeric' : 'text'}
            autoFocus
            {...form.getInputProps('code')}
          />
        )}
        <Button
          type="submit"
          size="sm"
          fullWidth
          loading={busy}
          leftSection={chosen === 'PASSKEY' ? <IconFingerprint size={16} /> : undefined}
        >
          {chosen === 'PASSKEY' ? 'Show the passkey' : 'Sign in'}
        </Button>
        <Stack gap={6} align="center">
          {secondFactors
            .filter((factor) => factor !== chosen)
            .map((factor) => (
              <Anchor key={factor} component="button" type="button" size="sm" onClick={() => choose(factor)}>
                {words[factor].link}
              </Anchor>
            ))}
          <Anchor component="button" type="button" size="sm" c="dimmed" onClick={onBack}>
            Begin again
          </Anchor>
        </Stack>
      </Stack>
    </form>
  );
}
