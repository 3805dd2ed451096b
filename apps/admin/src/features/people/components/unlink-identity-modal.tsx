'use client';
import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { personName } from '@/components/people/person-name.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { type LinkedIdentity, useUnlinkIdentity } from '../api/linked-identities.ts';
import type { PersonDetails } from '../api/person.ts';

interface UnlinkIdentityModalProps {
  person: PersonDetails;
  identity: LinkedIdentity;
  onClose(): void;
}

/** Takes back a link, after saying what the next sign-in comes to. */
export function UnlinkIdentityModal({
  person,
  identity: { id, subject, signInConnection },
  onClose,
}: UnlinkIdentityModalProps) {
  const name = personName(person);
  const [endSessions, setEndSessions] = useState(true);
  const [unlink, { loading, error }] = useUnlinkIdentity();
  const submit = async () => {
    // The dialog shows a refusal through `error`.
    const result = await unlink({ variables: { input: { id, endSessions } } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `${name} is no longer linked to ${subject}` });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Unlink ${name} from ${signInConnection.name}?`}>
      <Stack gap="md">
        {error && <ErrorState error={error} />}
        <Text style={{ overflowWrap: 'anywhere' }}>
          Whoever {signInConnection.name} calls <b>{subject}</b> signs in as {name} no more. Their next
          sign-in is a first one again: the rule of the connection says whom it means.
        </Text>
        <Checkbox
          label="End the sessions that began by it"
          description="They are signed out at once; you stay signed in here."
          checked={endSessions}
          onChange={(event) => setEndSessions(event.currentTarget.checked)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={loading} onClick={submit}>
            Unlink
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
