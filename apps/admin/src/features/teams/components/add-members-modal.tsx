'use client';
import { Button, Checkbox, Group, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconSearch } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { personName } from '@/components/people/person-name.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { useRehearsedMutation } from '@/lib/live/use-rehearsed-mutation.ts';
import { counted } from '@/lib/text/counted.ts';
import { useJoinablePeople } from '../api/joinable-people.ts';
import { addMembersMutation, useAddMembers } from '../api/team-changes.ts';
import classes from './add-members-modal.module.css';
import { TeamRehearsal } from './team-rehearsal.tsx';

interface AddMembersModalProps {
  team: { readonly id: string; readonly displayName: string };
  onClose(): void;
}

const peopleCount = (count: number) => counted(count, 'person', 'people');

interface ChoosePeopleProps {
  teamId: string;
  text: string;
  value: string[];
  onChange(value: string[]): void;
}

/** Those who match, to choose from; whom was chosen before stays chosen. */
function ChoosePeople({ teamId, text, value, onChange }: ChoosePeopleProps) {
  const { people, loading, error, loadMore } = useJoinablePeople(teamId, text);
  if (error) return <ErrorState error={error} />;
  if (!people) return <Skeleton height={160} />;
  if (people.nodes.length === 0)
    return <Text c="dimmed">{text ? 'No one else matches.' : 'Everybody is in it already.'}</Text>;
  return (
    <Checkbox.Group value={value} onChange={onChange} aria-label="People">
      <Stack gap={10} className={classes.list}>
        {people.nodes.map((person) => (
          <Checkbox
            key={person.id}
            value={person.id}
            size="sm"
            label={personName(person)}
            description={person.title ?? person.userName}
          />
        ))}
        {people.pageInfo.hasNextPage && (
          <Button
            variant="subtle"
            color="gray"
            loading={loading}
            onClick={loadMore}
            style={{ flexShrink: 0 }}
          >
            More people
          </Button>
        )}
      </Stack>
    </Checkbox.Group>
  );
}

/** Finds people by their names, and adds those who are chosen to a team. */
export function AddMembersModal({ team, onClose }: AddMembersModalProps) {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text, 150);
  const [userIds, setUserIds] = useState<string[]>([]);
  const [add, { loading, error }] = useAddMembers();
  const input = { teamId: team.id, userIds };
  const { rehearsal, refusal } = useRehearsedMutation(
    addMembersMutation,
    userIds.length > 0 ? input : undefined,
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (userIds.length === 0) return;
    // The form shows a refusal through `error`.
    const result = await add({ variables: { input } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `${peopleCount(userIds.length)} added to ${team.displayName}` });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Add people to ${team.displayName}`}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {Boolean(error ?? refusal) && <ErrorState error={error ?? refusal} />}
          <TextInput
            aria-label="Search by name, e-mail or title"
            placeholder="Search by name, e-mail or title"
            leftSection={<IconSearch size={15} />}
            data-autofocus
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <ChoosePeople teamId={team.id} text={search} value={userIds} onChange={setUserIds} />
          {userIds.length > 0 && !refusal && <TeamRehearsal rehearsal={rehearsal} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={loading} disabled={userIds.length === 0}>
              {userIds.length === 0 ? 'Add people' : `Add ${peopleCount(userIds.length)}`}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
