'use client';
import { Text } from '@mantine/core';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
import { useRehearsedMutation } from '@/lib/live/use-rehearsed-mutation.ts';
import { counted } from '@/lib/text/counted.ts';
import type { TeamDetails } from '../api/team.ts';
import { deleteTeamMutation, useDeleteTeam } from '../api/team-changes.ts';
import { TeamRehearsal } from './team-rehearsal.tsx';

interface DeleteTeamModalProps {
  team: TeamDetails;
  onClose(): void;
  onDeleted(): void;
}

/** Deletes a team after naming whom and what it touches. */
export function DeleteTeamModal({ team, onClose, onDeleted }: DeleteTeamModalProps) {
  const { id, displayName, memberCount, children } = team;
  const { rehearsal, refusal } = useRehearsedMutation(deleteTeamMutation, { id });
  return (
    <ConfirmModal
      question={`Delete ${displayName}?`}
      act="Delete"
      mutation={useDeleteTeam()}
      input={{ id }}
      done={`${displayName} is deleted`}
      waiting={!rehearsal}
      refusal={refusal}
      onClose={onClose}
      onDone={onDeleted}
    >
      <Text>
        {memberCount === 0
          ? 'Nobody is in it.'
          : `${counted(memberCount, 'person is', 'people are')} in it no more; they stay in the directory.`}
        {children.totalCount > 0 &&
          ` ${counted(children.totalCount, 'team below it has', 'teams below it have')} no parent any more.`}{' '}
        The activity keeps its history. This can’t be undone.
      </Text>
      <TeamRehearsal rehearsal={rehearsal} />
    </ConfirmModal>
  );
}
