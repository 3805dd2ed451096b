'use client';
import { Button, Group, PasswordInput, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { SecretModal } from '@/components/secrets/secret-modal.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { refusalAt } from '@/lib/graphql/refusal.ts';
import { type Stream, useSetSignalStream } from '../api/signal-stream.ts';

interface StreamModalProps {
  signInConnectionId: string;
  /** The stream as it is; null for a new one. */
  stream: Stream | null;
  /** Of the sign-in connection: mostly the provider transmits itself. */
  issuer: string;
  onClose: () => void;
}

const deliveries = [
  { value: 'PUSH', label: 'Pushed here' },
  { value: 'POLL', label: 'Fetched there' },
];

const fields = ['issuer', 'audience', 'pollUrl', 'pollCredential'] as const;

function StreamForm({
  signInConnectionId,
  stream,
  issuer,
  onClose,
  onSecret,
}: StreamModalProps & { onSecret: (secret: string) => void }) {
  const [values, setValues] = useState({
    issuer: stream?.issuer ?? issuer,
    audience: stream?.audience ?? window.location.origin,
    pollUrl: stream?.pollUrl ?? '',
    pollCredential: '',
  });
  const [delivery, setDelivery] = useState(stream?.delivery ?? 'PUSH');
  const [set, { loading, error }] = useSetSignalStream();
  const refusal = refusalAt(error, fields);
  const field = (name: (typeof fields)[number]) => ({
    value: values[name],
    error: refusal.at[name],
    spellCheck: false,
    autoComplete: 'off',
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setValues({ ...values, [name]: currentTarget.value.trim() }),
  });
  const submit = async () => {
    const { pollUrl, pollCredential, ...common } = values;
    const polled = { pollUrl, ...(pollCredential && { pollCredential }) };
    const input = { signInConnectionId, ...common, delivery, ...(delivery === 'POLL' && polled) };
    // The form shows a refusal through `error`.
    const result = await set({ variables: { input } }).catch(() => undefined);
    if (!result?.data) return;
    const { secret } = result.data.setSignalStream;
    if (secret !== null) return onSecret(secret);
    notifications.show({ message: 'The stream of security events is saved' });
    onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      noValidate
    >
      <Stack gap="md">
        {Boolean(refusal.other) && <ErrorState error={refusal.other} />}
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label="How events come"
          data={deliveries}
          value={delivery}
          onChange={(value) => setDelivery(value === 'POLL' ? 'POLL' : 'PUSH')}
        />
        <TextInput
          label="Issuer of the transmitter"
          description="Exactly as it writes it; its keys are read from there."
          {...field('issuer')}
        />
        <TextInput
          label="Audience"
          description="What the transmitter writes as “aud”."
          {...field('audience')}
        />
        {delivery === 'POLL' && (
          <>
            <TextInput
              label="Poll endpoint"
              description="Where the transmitter hands out events."
              {...field('pollUrl')}
            />
            <PasswordInput
              label="Its token"
              description={
                stream?.pollUrl
                  ? 'Left empty, the one that is kept stays, as long as the address does.'
                  : 'It is kept encrypted and never shown again.'
              }
              {...field('pollCredential')}
            />
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={loading}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Sets up or changes a stream; a transmitter that pushes gets a token, which is shown once. */
export function StreamModal(props: StreamModalProps) {
  return (
    <SecretModal title="Security events" onClose={props.onClose}>
      {(showSecret) => <StreamForm {...props} onSecret={showSecret} />}
    </SecretModal>
  );
}
