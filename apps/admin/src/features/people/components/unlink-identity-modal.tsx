'use client';
import { Checkbox, Text } from '@mantine/core';
import { useState } from 'react';
import { personName } from '@/components/people/person-name.ts';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
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
  return (
    <ConfirmModal
      question={`Unlink ${name} from ${signInConnection.name}?`}
      act="Unlink"
      mutation={useUnlinkIdentity()}
      input={{ id, endSessions }}
      done={`${name} is no longer linked to ${subject}`}
      onClose={onClose}
    >
      <Text style={{ overflowWrap: 'anywhere' }}>
        Whoever {signInConnection.name} calls <b>{subject}</b> signs in as {name} no more. Their next sign-in
        is a first one again: the rule of the connection says whom it means.
      </Text>
      <Checkbox
        label="End the sessions that began by it"
        description="They are signed out at once; you stay signed in here."
        checked={endSessions}
        onChange={(event) => setEndSessions(event.currentTarget.checked)}
      />
    </ConfirmModal>
  );
}
