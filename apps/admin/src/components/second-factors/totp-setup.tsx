'use client';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { CopyableCode } from '@/components/ui/copyable-code.tsx';
import { QrCode } from './qr-code.tsx';

interface TotpSetupProps {
  secret: string;
  uri: string;
  /** Sends the first code; answers what is wrong with it. */
  onCode: (code: string) => Promise<string | undefined>;
}

const grouped = (secret: string) => secret.replaceAll(/.{4}(?=.)/g, '$& ');

/** What an authenticator app reads, and the field for its first code. */
export function TotpSetup({ secret, uri, onCode }: TotpSetupProps) {
  const form = useForm({
    initialValues: { code: '' },
    validate: {
      code: (value) =>
        /^\d{6}$/.test(value.replaceAll(/\s/g, '')) ? null : 'Type the six digits that the app shows',
    },
  });
  const submit = async ({ code }: { code: string }) => {
    const problem = await onCode(code);
    if (problem !== undefined) form.setFieldError('code', problem);
  };
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <Text>Scan this with an authenticator app, or type the key into it.</Text>
        <Group justify="center">
          <QrCode text={uri} label="QR code for an authenticator app" />
        </Group>
        <CopyableCode value={grouped(secret)} label="key" block />
        <TextInput
          label="Code"
          description="The six digits that the app shows now."
          inputMode="numeric"
          autoComplete="one-time-code"
          size="sm"
          autoFocus
          data-autofocus
          {...form.getInputProps('code')}
        />
        <Button type="submit" size="sm" loading={form.submitting}>
          Set up the app
        </Button>
      </Stack>
    </form>
  );
}
