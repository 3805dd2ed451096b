'use client';
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconFingerprint } from '@tabler/icons-react';
import { useState } from 'react';
import { RecoveryCodes } from '@/components/second-factors/recovery-codes.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { createPasskey, passkeyName } from '@/lib/passkeys.ts';
import { useBeginPasskeyRegistration, useRegisterPasskey } from '../api/second-factors.ts';

/** Registers a passkey; ends in recovery codes, for who had none. */
export function PasskeyModal({ onClose }: { onClose: () => void }) {
  const [begin, begun] = useBeginPasskeyRegistration();
  const [register, registered] = useRegisterPasskey();
  const [problem, setProblem] = useState<string>();
  const [codes, setCodes] = useState<readonly string[]>();
  const form = useForm({
    initialValues: { name: passkeyName(navigator.userAgent) },
    validate: { name: (value) => (value.trim() ? null : 'Give it a name') },
  });
  // Refusals are shown through `error`.
  const submit = async ({ name }: { name: string }) => {
    setProblem(undefined);
    const { data } = (await begin({ variables: { input: {} } }).catch(() => undefined)) ?? {};
    if (!data) return;
    const made = await createPasskey(data.beginPasskeyRegistration.options as { challenge: string });
    if ('problem' in made) return setProblem(made.problem);
    const input = { response: made.response, name };
    const result = await register({ variables: { input } }).catch(() => undefined);
    if (!result?.data) return;
    const { recoveryCodes } = result.data.registerPasskey;
    if (recoveryCodes) setCodes(recoveryCodes);
    else onClose();
  };
  const error = begun.error ?? registered.error;
  const locked = codes !== undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={locked ? 'Keep your recovery codes' : 'Add a passkey'}
      withCloseButton={!locked}
      closeOnEscape={!locked}
      closeOnClickOutside={false}
    >
      {locked ? (
        <RecoveryCodes codes={codes} onDone={onClose} />
      ) : (
        <form onSubmit={form.onSubmit(submit)} noValidate>
          <Stack gap="md">
            <Text>
              Your browser asks for a finger, a face, a PIN or a security key. With it you sign in without a
              password.
            </Text>
            {error && <ErrorState error={error} />}
            <TextInput
              label="Name"
              description="By which you know it again."
              data-autofocus
              {...form.getInputProps('name')}
            />
            {problem && (
              <Text c="red" size="sm" role="alert">
                {problem}
              </Text>
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={form.submitting} leftSection={<IconFingerprint size={16} />}>
                Add the passkey
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
