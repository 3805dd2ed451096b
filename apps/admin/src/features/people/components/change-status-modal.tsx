'use client';
import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { personName } from '@/components/people/person-name.ts';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
import type { PersonDetails } from '../api/person.ts';
import { useChangeStatus } from '../api/person-access.ts';
import { useRehearsedStatus } from '../api/standing.ts';
import { PersonRehearsal } from './person-rehearsal.tsx';

interface ChangeStatusModalProps {
  person: PersonDetails;
  /** What they are to be. */
  active: boolean;
  /** Is it whoever asks? */
  isSelf: boolean;
  onClose(): void;
}

const words = {
  on: {
    act: 'Reactivate',
    done: 'is active again',
    keep: 'Leave as is',
    lead: 'They can sign in again. Sessions and API tokens that ended do not come back.',
  },
  off: {
    act: 'Deactivate',
    done: 'is deactivated',
    keep: 'Keep active',
    lead: 'They are signed out at once and can’t sign in until somebody reactivates them. Links to set a password are no longer good.',
  },
} as const;

/** Switches a person off or on again, after showing what the server would do then. */
export function ChangeStatusModal({ person, active, isSelf, onClose }: ChangeStatusModalProps) {
  const name = personName(person);
  const { act, done, keep, lead } = words[active ? 'on' : 'off'];
  const { rehearsal, refusal } = useRehearsedStatus(person.id, active);
  return (
    <ConfirmModal
      question={`${act} ${name}?`}
      act={act}
      color={active ? 'primary' : 'red'}
      keep={keep}
      mutation={useChangeStatus()}
      input={{ id: person.id, active }}
      done={`${name} ${done}`}
      waiting={!rehearsal}
      refusal={refusal}
      onClose={onClose}
    >
      <Text>{lead}</Text>
      {isSelf && (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} />} title="This is you">
          You lose access at once, and somebody else has to reactivate you.
        </Alert>
      )}
      <PersonRehearsal rehearsal={rehearsal} />
    </ConfirmModal>
  );
}
