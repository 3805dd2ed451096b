'use client';
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { fieldName } from '@/components/events/format-change.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import {
  type Structure,
  type StructurePlan,
  useRebuildStructure,
  useRehearsal,
  useUpdateStructure,
} from '../api/org-structure.ts';
import { ChoiceCards } from './choice-cards.tsx';
import { PlanView } from './plan-view.tsx';

interface StructureFormProps {
  structure: Structure;
  running: boolean;
  onSaved(): void;
}

/** Chooses what teams are made from; the rehearsal shows what saving would do. */
export function StructureForm({ structure, running, onSaved }: StructureFormProps) {
  const [input, setInput] = useState({
    createTeams: structure.createTeams,
    teamAttribute: structure.teamAttribute,
  });
  const [plan, setPlan] = useState<StructurePlan>();
  const [rehearse, rehearsal] = useRehearsal();
  const [update, updating] = useUpdateStructure();
  const [rebuild, rebuilding] = useRebuildStructure();
  const changed =
    input.createTeams !== structure.createTeams || input.teamAttribute !== structure.teamAttribute;
  const choose = (choice: Partial<typeof input>) => {
    setInput({ ...input, ...choice });
    setPlan(undefined);
  };

  // A refusal is shown through the `error` of each mutation.
  const startRehearsal = async () => {
    const { data } = await rehearse({ variables: { input } }).catch(() => ({ data: undefined }));
    if (data) setPlan(data.updateOrgStructure.plan);
  };
  const save = async () => {
    const { data } = await update({ variables: { input } }).catch(() => ({ data: undefined }));
    if (!data) return;
    setPlan(undefined);
    notifications.show({ color: 'teal', message: 'Saved. The teams are being rebuilt.' });
    onSaved();
  };
  const confirmSave = () => {
    const ending = plan?.removed.count ?? 0;
    if (ending === 0 && plan) return void save();
    modals.openConfirmModal({
      title: 'Save and rebuild the teams?',
      children: (
        <Text>
          {plan
            ? `${ending.toLocaleString('en')} teams end and ${plan.personMoves.toLocaleString('en')} people change teams.`
            : 'You have not rehearsed this. Teams may be created, moved and removed at once.'}
        </Text>
      ),
      labels: { confirm: 'Save and rebuild', cancel: 'Cancel' },
      onConfirm: () => void save(),
    });
  };
  const startRebuild = async () => {
    await rebuild().catch(() => undefined);
    onSaved();
  };
  const error = rehearsal.error ?? updating.error ?? rebuilding.error;

  return (
    <>
      <Section title="Settings">
        <Stack gap="lg">
          {error && <ErrorState error={error} />}
          <ChoiceCards value={input.createTeams} onChange={(createTeams) => choose({ createTeams })} />
          <Select
            label="Team attribute"
            description="The attribute that says somebody’s department. It can be a custom one that your HR system feeds."
            maw={360}
            searchable
            allowDeselect={false}
            disabled={input.createTeams === 'NONE'}
            data={structure.teamAttributes.map((value) => ({ value, label: fieldName(value) }))}
            value={input.teamAttribute}
            onChange={(teamAttribute) => teamAttribute && choose({ teamAttribute })}
          />
          <Group gap="xs">
            <Button
              variant={plan ? 'default' : 'filled'}
              disabled={!changed}
              loading={rehearsal.loading}
              leftSection={<IconPlayerPlay size={14} />}
              onClick={startRehearsal}
            >
              Rehearse
            </Button>
            <Button
              variant={plan ? 'filled' : 'default'}
              disabled={!changed}
              loading={updating.loading}
              onClick={confirmSave}
            >
              Save
            </Button>
            {!changed && structure.createTeams !== 'NONE' && (
              <Button
                variant="subtle"
                color="gray"
                disabled={running}
                loading={rebuilding.loading}
                onClick={startRebuild}
              >
                Rebuild the teams
              </Button>
            )}
            {running && (
              <Text c="dimmed" size="xs">
                Saving begins another rebuild in place of the one that runs.
              </Text>
            )}
          </Group>
        </Stack>
      </Section>
      {plan && <PlanView plan={plan} />}
    </>
  );
}
