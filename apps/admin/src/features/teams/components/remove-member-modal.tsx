'use client';
import { Text } from '@mantine/core';
import { personName } from '@/components/people/person-name.ts';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
import type { Person } from '@/lib/live/entity-fragments.ts';
import { useRehearsedMutation } from '@/lib/live/use-rehearsed-mutation.ts';
import type { TeamDetails } from '../api/team.ts';
import { removeMembersMutation, useRemoveMembers } from '../api/team-changes.ts';
import { TeamRehearsal } from './team-rehearsal.tsx';

interface RemoveMemberModalProps {
  team: TeamDetails;
  person: Person;
  onClose(): void;
}

/** Takes somebody out of a team, after showing what the server would do then. */
export function RemoveMemberModal({ team, person, onClose }: RemoveMemberModalProps) {
  const name = personName(person);
  const input = { teamId: team.id, userIds: [person.id] };
  const { rehearsal, refusal } = useRehearsedMutation(removeMembersMutation, input);
  return (
    <ConfirmModal
      question={`Remove ${name} from ${team.displayName}?`}
      act="Remove"
      keep="Keep them"
      mutation={useRemoveMembers()}
      input={input}
      done={`${name} is no longer in ${team.displayName}`}
      waiting={!rehearsal}
      refusal={refusal}
      onClose={onClose}
    >
      <Text>They stay in the directory and can be added again.</Text>
      <TeamRehearsal rehearsal={rehearsal} />
    </ConfirmModal>
  );
}
