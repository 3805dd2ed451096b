'use client';
import { Anchor, Button, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { type AuthFailure, postAuth } from '../api/post-auth.ts';
import { Failure } from './failure.tsx';
import { SignInScreen } from './sign-in-screen.tsx';

function Done() {
  return (
    <Stack gap="md" role="status">
      <div>
        <Title order={1}>Your password is set</Title>
        <Text c="dimmed">Wherever you were signed in, you are not any more.</Text>
      </div>
      <Button component={Link} href="/sign-in" size="sm" fullWidth>
        Sign in
      </Button>
    </Stack>
  );
}

function NoLink() {
  return (
    <Stack gap="md">
      <div>
        <Title order={1}>Set a password</Title>
        <Text c="dimmed">Open the link in the mail that we sent you; what it carries is missing here.</Text>
      </div>
      <Button component={Link} href="/forgot-password" size="sm" fullWidth>
        Send me a link
      </Button>
    </Stack>
  );
}

/** What the link has behind its #, which is taken out of the address at once; null when there is nothing. */
function useTokenOfLink(): string | null | undefined {
  const [token, setToken] = useState<string | null>();
  useEffect(() => {
    const read = () => {
      const { hash, pathname } = window.location;
      if (hash.length > 1) {
        setToken(hash.slice(1));
        // Neither the history of the browser nor a picture of the screen is to have it.
        window.history.replaceState(null, '', pathname);
      } else setToken((before) => before ?? null);
    };
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  return token;
}

function PasswordForm({ token, onDone }: { token: string; onDone: () => void }) {
  const [failure, setFailure] = useState<AuthFailure>();
  const form = useForm({
    initialValues: { password: '' },
    validate: {
      password: (value) =>
        [...value].length >= 12 ? null : 'Choose at least 12 characters, such as four words',
    },
  });
  const submit = async ({ password }: { password: string }) => {
    const refused = await postAuth('reset-password', { token, password });
    if (refused === undefined) return onDone();
    const isAboutPassword = refused.field === 'password';
    setFailure(isAboutPassword ? undefined : refused);
    if (isAboutPassword)
      form.setFieldError('password', refused.message.replace(/^password: /, 'The password '));
  };
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <div>
          <Title order={1}>Set a password</Title>
          <Text c="dimmed">You sign in with it from now on.</Text>
        </div>
        {failure && <Failure failure={failure} />}
        <PasswordInput
          label="New password"
          description="12 characters or more; four words are good."
          size="sm"
          autoComplete="new-password"
          autoFocus
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="sm" fullWidth loading={form.submitting}>
          Set the password
        </Button>
        {failure?.field === 'token' && (
          <Anchor component={Link} href="/forgot-password" size="sm" ta="center">
            Send me a new link
          </Anchor>
        )}
      </Stack>
    </form>
  );
}

/** Where the link of a mail leads: sets a password, once. */
export function SetPasswordForm() {
  const token = useTokenOfLink();
  const [isDone, setIsDone] = useState(false);
  return (
    <SignInScreen>
      {isDone ? (
        <Done />
      ) : token ? (
        <PasswordForm key={token} token={token} onDone={() => setIsDone(true)} />
      ) : (
        token === null && <NoLink />
      )}
    </SignInScreen>
  );
}
