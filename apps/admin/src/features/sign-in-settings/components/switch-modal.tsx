'use client';
import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { type SignInConnection, useUpdateSignInConnection } from '../api/sign-in-connections.ts';

/** Switches a sign-in connection off, after asking what becomes of the sessions, or on again. */
export function SwitchModal({
  connection: { id, name, enabled },
  onClose,
}: {
  connection: SignInConnection;
  onClose: () => void;
}) {
  const [endSessions, setEndSessions] = useState(true);
  const [update, { loading, error }] = useUpdateSignInConnection();
  const submit = async () => {
    const input = { id, enabled: !enabled, endSessions };
    // The dialog shows a refusal through `error`.
    const result = await update({ variables: { input } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `${name} is switched ${enabled ? 'off' : 'on'}` });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Switch ${name} ${enabled ? 'off' : 'on'}?`}>
      <Stack gap="md">
        {error && <ErrorState error={error} />}
        <Text>
          {enabled
            ? 'Nobody signs in by it any more. Links stay, so everybody is who they were when it is switched on again.'
            : 'People can sign in by it again, as who they were.'}
        </Text>
        {enabled && <EndSessionsToo checked={endSessions} onChange={setEndSessions} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button color={enabled ? 'red' : undefined} loading={loading} onClick={submit}>
            Switch {enabled ? 'off' : 'on'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Asks whether those who are signed in by it are signed out. */
export function EndSessionsToo({
  checked,
  onChange,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <Checkbox
      label="End the sessions that began by it"
      description="Everybody who signed in by it is signed out at once; you stay signed in here."
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
