'use client';
import { Alert, Button, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { CopyableCode } from '@/components/ui/copyable-code.tsx';
import { Wordmark } from '@/components/ui/wordmark.tsx';
import { safeNextUrl } from '@/lib/sign-in-redirect.ts';
import { type SignInOutcome, signIn } from '../api/sign-in.ts';
import { AccountChoices } from './account-choices.tsx';
import classes from './sign-in-form.module.css';

function Failure({ outcome }: { outcome: Extract<SignInOutcome, { kind: 'failed' }> }) {
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={outcome.message}
      role="alert"
    >
      {outcome.requestId && (
        <Group gap={6}>
          <Text c="dimmed" size="xs">
            Request
          </Text>
          <CopyableCode value={outcome.requestId} label="request id" />
        </Group>
      )}
    </Alert>
  );
}

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
    <main className={classes.screen}>
      <div className={classes.card}>
        <Wordmark size={22} />
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
              {outcome?.kind === 'failed' && <Failure outcome={outcome} />}
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
            </Stack>
          </form>
        )}
      </div>
    </main>
  );
}
