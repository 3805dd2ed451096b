'use client';
import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import {
  type Structure,
  type StructurePlan,
  useRebuildStructure,
  useRehearsal,
  useUpdateStructure,
} from './api/org-structure.ts';
import { costInWords } from './plan-looks.ts';

function askBeforeSaving(plan: StructurePlan | undefined, onConfirm: () => void) {
  modals.openConfirmModal({
    title: 'Save and rebuild the teams?',
    children: (
      <Text>
        {plan
          ? costInWords(plan)
          : 'You have not rehearsed this. Teams may be created, moved and removed at once.'}
      </Text>
    ),
    labels: { confirm: 'Save and rebuild', cancel: 'Cancel' },
    onConfirm,
  });
}

/** What is chosen, what saving it would do, and the ways to find out, to save and to rebuild. */
export function useStructureForm(structure: Structure, onSaved: () => void) {
  const [input, setInput] = useState({
    createTeams: structure.createTeams,
    teamAttribute: structure.teamAttribute,
  });
  const [plan, setPlan] = useState<StructurePlan>();
  const [rehearse, rehearsal] = useRehearsal();
  const [update, updating] = useUpdateStructure();
  const [rebuild, rebuilding] = useRebuildStructure();

  const startOver = () => {
    setPlan(undefined);
    for (const { reset } of [rehearsal, updating, rebuilding]) reset();
  };
  const choose = (choice: Partial<typeof input>) => {
    setInput({ ...input, ...choice });
    startOver();
  };
  // A refusal is shown through the `error` of each mutation.
  const startRehearsal = async () => {
    startOver();
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
    if (plan?.removed.count === 0) return void save();
    askBeforeSaving(plan, () => void save());
  };
  const startRebuild = async () => {
    startOver();
    await rebuild().catch(() => undefined);
    onSaved();
  };
  return {
    input,
    choose,
    changed: input.createTeams !== structure.createTeams || input.teamAttribute !== structure.teamAttribute,
    plan,
    error: rehearsal.error ?? updating.error ?? rebuilding.error,
    busy: { rehearsing: rehearsal.loading, saving: updating.loading, rebuilding: rebuilding.loading },
    startRehearsal,
    confirmSave,
    startRebuild,
  };
}
