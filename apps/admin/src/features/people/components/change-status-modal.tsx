'use client';
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { personName } from '@/components/people/person-name.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import type { PersonDetails } from '../api/person.ts';
import { useChangeStatus } from '../api/person-access.ts';
import { useRehearsedStatus } from '../api/standing.ts';
import { RehearsalView } from './rehearsal-view.tsx';

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
  const [change, { loading, error }] = useChangeStatus();
  const submit = async () => {
    // The dialog shows a refusal through `error`.
    const result = await change({ variables: { input: { id: person.id, active } } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `${name} ${done}` });
    onClose();
  };
  const refused = error ?? refusal;
  return (
    <Modal opened onClose={onClose} title={`${act} ${name}?`}>
      <Stack gap="md">
        {Boolean(refused) && <ErrorState error={refused} />}
        {!refusal && <Text>{lead}</Text>}
        {isSelf && !refusal && (
          <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} />} title="This is you">
            You lose access at once, and somebody else has to reactivate you.
          </Alert>
        )}
        {!refusal && <RehearsalView rehearsal={rehearsal} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {refusal ? 'Close' : keep}
          </Button>
          <Button
            color={active ? undefined : 'red'}
            loading={loading}
            disabled={!rehearsal || Boolean(refusal)}
            onClick={submit}
          >
            {act}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
