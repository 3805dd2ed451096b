'use client';
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { fieldName } from '@/components/events/format-change.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import type { Structure } from '../api/org-structure.ts';
import { useStructureForm } from '../use-structure-form.tsx';
import { ChoiceCards } from './choice-cards.tsx';
import { PlanView } from './plan-view.tsx';

interface ActionsProps {
  structure: Structure;
  form: ReturnType<typeof useStructureForm>;
  running: boolean;
}

function Actions({ structure, form, running }: ActionsProps) {
  const { changed, plan, busy, startRehearsal, confirmSave, startRebuild } = form;
  return (
    <Group gap="xs">
      <Button
        variant={plan ? 'default' : 'filled'}
        disabled={!changed}
        loading={busy.rehearsing}
        leftSection={<IconPlayerPlay size={14} />}
        onClick={startRehearsal}
      >
        Rehearse
      </Button>
      <Button
        variant={plan ? 'filled' : 'default'}
        disabled={!changed || busy.rehearsing}
        loading={busy.saving}
        onClick={confirmSave}
      >
        Save
      </Button>
      {!changed && structure.createTeams !== 'NONE' && (
        <Button
          variant="subtle"
          color="gray"
          disabled={running}
          loading={busy.rebuilding}
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
  );
}

interface StructureFormProps {
  structure: Structure;
  running: boolean;
  onSaved(): void;
}

/** Chooses what teams are made from; the rehearsal shows what saving would do. */
export function StructureForm({ structure, running, onSaved }: StructureFormProps) {
  const form = useStructureForm(structure, onSaved);
  const { input, choose, plan, error } = form;
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
          <Actions structure={structure} form={form} running={running} />
        </Stack>
      </Section>
      {plan && <PlanView plan={plan} />}
    </>
  );
}
