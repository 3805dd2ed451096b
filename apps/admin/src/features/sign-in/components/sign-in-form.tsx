'use client';
import { Anchor, Button, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { safeNextUrl } from '@/lib/sign-in-redirect.ts';
import { type SignInOutcome, signIn } from '../api/sign-in.ts';
import { AccountChoices } from './account-choices.tsx';
import { Failure } from './failure.tsx';
import { SignInScreen } from './sign-in-screen.tsx';

/** E-mail and password; when the person belongs to several accounts, which one. */
export function SignInForm() {
  const params = useSearchParams();
  const [outcome, setOutcome] = useState<SignInOutcome>();
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.includes('@') ? null : 'Enter the e-mail address you sign in with'),
      password: (value) => (value ? null : 'Enter your password'),
    },
  });

  async function submit(accountId?: string) {
    setBusy(true);
    const result = await signIn({ ...form.values, ...(accountId && { accountId }) });
    // A full load, so that nothing of an earlier person stays in memory.
    if (result.kind === 'signed-in') {
      window.location.assign(safeNextUrl(params.get('next'), window.location.origin));
    } else setBusy(false);
    setOutcome(result);
  }

  return (
    <SignInScreen>
      {outcome?.kind === 'choose-account' ? (
        <AccountChoices
          accounts={outcome.accounts}
          busy={busy}
          onChoose={submit}
          onBack={() => setOutcome(undefined)}
        />
      ) : (
        <form onSubmit={form.onSubmit(() => submit())} noValidate>
          <Stack gap="md">
            <div>
              <Title order={1}>Sign in</Title>
              <Text c="dimmed">See who came, who left, and why.</Text>
            </div>
            {outcome?.kind === 'failed' && <Failure failure={outcome.failure} />}
            <TextInput
              label="E-mail"
              type="email"
              autoComplete="username"
              autoFocus
              {...form.getInputProps('email')}
            />
            <PasswordInput
              label="Password"
              size="sm"
              autoComplete="current-password"
              {...form.getInputProps('password')}
            />
            <Button type="submit" size="sm" fullWidth loading={busy}>
              Sign in
            </Button>
            <Group justify="center">
              <Anchor component={Link} href="/forgot-password" size="sm">
                Forgot password, or first time here?
              </Anchor>
            </Group>
          </Stack>
        </form>
      )}
    </SignInScreen>
  );
}
