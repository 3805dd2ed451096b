'use client';
import { Text } from '@mantine/core';
import { useState } from 'react';
import { personName } from '@/components/people/person-name.ts';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
import type { Person } from '@/lib/live/entity-fragments.ts';
import { useRehearsedMutation } from '@/lib/live/use-rehearsed-mutation.ts';
import type { TeamDetails } from '../api/team.ts';
import { updateTeamMutation, useUpdateTeam } from '../api/team-changes.ts';
import { TeamRehearsal } from './team-rehearsal.tsx';

interface LeadModalProps {
  team: TeamDetails;
  person: Person;
  onClose(): void;
}

/** Has somebody lead a team, or lead it no longer, after showing what the server would do then. */
export function LeadModal({ team, person, onClose }: LeadModalProps) {
  const name = personName(person);
  // As it was when it was asked: the team follows the change before the dialog closes.
  const [leads] = useState(team.lead?.id === person.id);
  const input = { id: team.id, leadId: leads ? null : person.id };
  const { rehearsal, refusal } = useRehearsedMutation(updateTeamMutation, input);
  return (
    <ConfirmModal
      question={
        leads
          ? `Have ${name} no longer lead ${team.displayName}?`
          : `Make ${name} the lead of ${team.displayName}?`
      }
      act={leads ? 'No longer lead' : 'Make lead'}
      color={leads ? 'red' : 'primary'}
      keep="Leave as is"
      mutation={useUpdateTeam()}
      input={input}
      done={leads ? `${team.displayName} has no lead` : `${name} leads ${team.displayName}`}
      waiting={!rehearsal}
      refusal={refusal}
      onClose={onClose}
    >
      <Text>
        {leads ? 'They stay in the team, which has no lead then.' : 'A team has one lead at a time.'}
      </Text>
      <TeamRehearsal rehearsal={rehearsal} />
    </ConfirmModal>
  );
}
