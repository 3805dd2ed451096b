'use client';
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { refusalAt } from '@/lib/graphql/refusal.ts';
import { useRehearsedMutation } from '@/lib/live/use-rehearsed-mutation.ts';
import { createTeamMutation, updateTeamMutation, useCreateTeam, useUpdateTeam } from '../api/team-changes.ts';
import { TeamRehearsal } from './team-rehearsal.tsx';

interface NamedTeam {
  readonly id: string;
  readonly displayName: string;
}

interface TeamNameModalProps {
  /** The team to rename; a new one when left out. */
  team?: NamedTeam;
  onClose(): void;
  onSaved?(id: string): void;
}

/** What would come of a name, once whoever types it pauses. */
function useRehearsedName(team: NamedTeam | undefined, typed: string) {
  const [displayName] = useDebouncedValue(typed.trim(), 250);
  const isNew = displayName !== '' && displayName !== team?.displayName;
  const created = useRehearsedMutation(createTeamMutation, isNew && !team ? { displayName } : undefined);
  const renamed = useRehearsedMutation(
    updateTeamMutation,
    isNew && team ? { id: team.id, displayName } : undefined,
  );
  const { rehearsal, refusal } = team ? renamed : created;
  const current = displayName === typed.trim() ? refusal : undefined;
  return { rehearsal, refusal: current, shown: isNew && !refusal };
}

/** Creates a team by its name, or gives one another. */
export function TeamNameModal({ team, onClose, onSaved }: TeamNameModalProps) {
  const [create, creating] = useCreateTeam();
  const [update, updating] = useUpdateTeam();
  const form = useForm({
    initialValues: { displayName: team?.displayName ?? '' },
    validate: { displayName: (value) => (value.trim() ? null : 'Name it as people call it') },
    // What was refused is another name.
    onValuesChange: () => {
      creating.reset();
      updating.reset();
    },
  });
  const named = useRehearsedName(team, form.values.displayName);
  const refusal = refusalAt(creating.error ?? updating.error ?? named.refusal, ['displayName']);
  const save = async (displayName: string) => {
    if (!team) return (await create({ variables: { input: { displayName } } })).data?.createTeam.team;
    return (await update({ variables: { input: { id: team.id, displayName } } })).data?.updateTeam.team;
  };
  const submit = form.onSubmit(async ({ displayName }) => {
    // The form shows a refusal through `error`.
    const saved = await save(displayName.trim()).catch(() => undefined);
    if (!saved) return;
    notifications.show({
      message: team
        ? `${team.displayName} is called ${saved.displayName}`
        : `${saved.displayName} is created`,
    });
    onClose();
    onSaved?.(saved.id);
  });
  const props = form.getInputProps('displayName');
  return (
    <Modal opened onClose={onClose} title={team ? `Rename ${team.displayName}` : 'Create a team'}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {Boolean(refusal.other) && <ErrorState error={refusal.other} />}
          <TextInput
            label="Name"
            placeholder="Launch crew"
            data-autofocus
            {...props}
            error={props.error ?? refusal.at.displayName}
          />
          {named.shown && <TeamRehearsal rehearsal={named.rehearsal} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={creating.loading || updating.loading}>
              {team ? 'Rename' : 'Create'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
