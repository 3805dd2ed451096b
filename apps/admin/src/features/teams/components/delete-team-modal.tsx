'use client';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ErrorState } from '@/components/ui/error-state.tsx';
import type { TeamDetails } from '../api/team.ts';
import { useDeleteTeam } from '../api/team-changes.ts';

interface DeleteTeamModalProps {
  team: TeamDetails;
  onClose(): void;
  onDeleted(): void;
}

const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** Deletes a team after naming whom and what it touches. */
export function DeleteTeamModal({ team, onClose, onDeleted }: DeleteTeamModalProps) {
  const { id, displayName, memberCount, children } = team;
  const [remove, { loading, error }] = useDeleteTeam();
  const submit = async () => {
    // The dialog shows a refusal through `error`.
    const result = await remove({ variables: { input: { id } } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `${displayName} is deleted` });
    onDeleted();
  };
  return (
    <Modal opened onClose={onClose} title={`Delete ${displayName}?`}>
      <Stack gap="md">
        {error && <ErrorState error={error} />}
        <Text>
          {memberCount === 0
            ? 'Nobody is in it.'
            : `${counted(memberCount, 'person is', 'people are')} in it no more; they stay in the directory.`}
          {children.totalCount > 0 &&
            ` ${counted(children.totalCount, 'team below it has', 'teams below it have')} no parent any more.`}{' '}
          The activity keeps its history. This can’t be undone.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={loading} onClick={submit}>
            Delete
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
