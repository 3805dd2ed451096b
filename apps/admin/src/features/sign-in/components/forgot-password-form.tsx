'use client';
import { Anchor, Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import Link from 'next/link';
import { useState } from 'react';
import { useSendsMail } from '../api/features.ts';
import { type AuthFailure, postAuth } from '../api/post-auth.ts';
import { Failure } from './failure.tsx';
import { SignInScreen } from './sign-in-screen.tsx';

const back = (
  <Anchor component={Link} href="/sign-in" size="sm" ta="center">
    Back to sign in
  </Anchor>
);

function Sent({ email }: { email: string }) {
  return (
    <Stack gap="md" role="status">
      <Title order={1}>Look into your mail</Title>
      <Text>
        If somebody signs in with <b>{email}</b>, a link is on its way there. It works once, for an hour.
      </Text>
      <Text c="dimmed">Nothing there? Look among the spam, or ask your admin which address they have.</Text>
      {back}
    </Stack>
  );
}

function NoMail() {
  return (
    <Stack gap="md" role="status">
      <Title order={1}>Ask your admin</Title>
      <Text>
        This installation sends no mails, so nobody can be sent a link. An admin can set a password for you.
      </Text>
      {back}
    </Stack>
  );
}

/** Asks where to send a link to set a password, and does not tell whether somebody is there. */
export function ForgotPasswordForm() {
  const [failure, setFailure] = useState<AuthFailure>();
  const [sentTo, setSentTo] = useState<string>();
  const sendsMail = useSendsMail();
  const form = useForm({
    initialValues: { email: '' },
    validate: {
      email: (value) => (value.includes('@') ? null : 'Enter the e-mail address you sign in with'),
    },
  });
  const submit = async ({ email }: { email: string }) => {
    const refused = await postAuth('request-password-reset', { email: email.trim() });
    setFailure(refused);
    if (refused === undefined) setSentTo(email.trim());
  };
  if (sentTo !== undefined)
    return (
      <SignInScreen>
        <Sent email={sentTo} />
      </SignInScreen>
    );
  return (
    <SignInScreen>
      {sendsMail === false ? (
        <NoMail />
      ) : (
        <form onSubmit={form.onSubmit(submit)} noValidate>
          <Stack gap="md">
            <div>
              <Title order={1}>Set a password</Title>
              <Text c="dimmed">For a forgotten one, or your first. We send you a link.</Text>
            </div>
            {failure && <Failure failure={failure} />}
            <TextInput
              label="E-mail"
              type="email"
              autoComplete="username"
              autoFocus
              {...form.getInputProps('email')}
            />
            <Button type="submit" size="sm" fullWidth loading={form.submitting}>
              Send the link
            </Button>
            {back}
          </Stack>
        </form>
      )}
    </SignInScreen>
  );
}
