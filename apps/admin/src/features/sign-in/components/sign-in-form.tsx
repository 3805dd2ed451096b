'use client';
import { Anchor, Button, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconFingerprint } from '@tabler/icons-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { safeNextUrl } from '@/lib/sign-in-redirect.ts';
import { confirmationIn } from '../api/confirmation.ts';
import { refusalIn } from '../api/refusals.ts';
import { signInWithPasskey } from '../api/second-factor.ts';
import { type SignInOutcome, signIn } from '../api/sign-in.ts';
import { findOptions, type SignInOption, startPath } from '../api/sign-in-options.ts';
import { AccountChoices } from './account-choices.tsx';
import { Confirmation } from './confirmation.tsx';
import { Failure } from './failure.tsx';
import { ProviderChoices } from './provider-choices.tsx';
import { SecondFactorStep } from './second-factor-step.tsx';
import { SetUpFactorStep } from './set-up-factor-step.tsx';
import { SignInScreen } from './sign-in-screen.tsx';

/** The e-mail address first: it leads to an identity provider, or to the password; and that to the account, if there are several. */
export function SignInForm() {
  const params = useSearchParams();
  const [outcome, setOutcome] = useState<SignInOutcome>();
  const [options, setOptions] = useState<readonly SignInOption[]>([]);
  const [asksPassword, setAsksPassword] = useState(false);
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.includes('@') ? null : 'Enter the e-mail address you sign in with'),
      password: (value) => (value || !asksPassword ? null : 'Enter your password'),
    },
  });
  const accountId = params.get('account');
  useEffect(() => {
    if (accountId !== null)
      findOptions({ accountId }).then((found) => setOptions('options' in found ? found.options : []));
  }, [accountId]);
  const refusal = outcome === undefined ? refusalIn(params) : undefined;
  const goingOn = outcome === undefined ? confirmationIn(params) : undefined;
  const failure = outcome?.kind === 'failed' ? outcome.failure : refusal;

  const goTo = (option: SignInOption) =>
    window.location.assign(startPath(option, { email: form.values.email, next: params.get('next') }));

  async function submit(chosenId?: string) {
    setBusy(true);
    const result = await signIn({ ...form.values, ...(chosenId && { accountId: chosenId }) });
    if (result.kind === 'signed-in') enter();
    else setBusy(false);
    setOutcome(result);
  }

  // A full load, so that nothing of an earlier person stays in memory.
  const enter = () => window.location.assign(safeNextUrl(params.get('next'), window.location.origin));

  async function byPasskey() {
    setBusy(true);
    const failed = await signInWithPasskey('passkey');
    if (failed === undefined) return enter();
    setBusy(false);
    setOutcome({ kind: 'failed', failure: failed });
  }

  function beginAgain() {
    setOutcome(undefined);
    form.setFieldValue('password', '');
  }

  async function goOn() {
    setBusy(true);
    const found = await findOptions({ email: form.values.email });
    const [only, ...others] = 'options' in found ? found.options : [];
    if (only !== undefined && others.length === 0) return goTo(only);
    setBusy(false);
    setOutcome('failure' in found ? { kind: 'failed', failure: found.failure } : undefined);
    if ('failure' in found) return;
    setOptions(found.options);
    setAsksPassword(only === undefined);
  }

  if (outcome?.kind === 'pending')
    return (
      <SignInScreen>
        {outcome.secondFactors.length > 0 ? (
          <SecondFactorStep secondFactors={outcome.secondFactors} onDone={enter} onBack={beginAgain} />
        ) : (
          <SetUpFactorStep onDone={enter} onBack={beginAgain} />
        )}
      </SignInScreen>
    );
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
        <form onSubmit={form.onSubmit(() => (asksPassword ? submit() : goOn()))} noValidate>
          <Stack gap="md">
            <div>
              <Title order={1}>Sign in</Title>
              <Text c="dimmed">See who came, who left, and why.</Text>
            </div>
            {failure && <Failure failure={failure} />}
            {goingOn && <Confirmation path={goingOn} />}
            <ProviderChoices options={options} onChoose={goTo} />
            <TextInput
              label="E-mail"
              type="email"
              autoComplete="username"
              autoFocus
              {...form.getInputProps('email')}
            />
            {asksPassword && (
              <PasswordInput
                label="Password"
                size="sm"
                autoComplete="current-password"
                autoFocus
                {...form.getInputProps('password')}
              />
            )}
            <Button type="submit" size="sm" fullWidth loading={busy}>
              {asksPassword ? 'Sign in' : 'Continue'}
            </Button>
            {!asksPassword && (
              <Button
                variant="default"
                size="sm"
                fullWidth
                disabled={busy}
                leftSection={<IconFingerprint size={16} />}
                onClick={byPasskey}
              >
                Sign in with a passkey
              </Button>
            )}
            <Group justify="center">
              {!asksPassword && (
                <Anchor component="button" type="button" size="sm" onClick={() => setAsksPassword(true)}>
                  Use a password
                </Anchor>
              )}
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
