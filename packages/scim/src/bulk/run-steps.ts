import { ScimError } from '@rollcall/scim-protocol';
import type { WriteScope } from '../write-scope.ts';
import { type Batch, batches } from './batches.ts';
import type { BulkJournal } from './journal.ts';
import { isFailed, type Outcome } from './outcome.ts';
import type { Step } from './plan-steps.ts';
import { type ResolvedTask, resolveTask } from './resolve-task.ts';
import { changeGroup, changeUser } from './run-single.ts';
import { isRefusedTask, type PlannedTask } from './task.ts';

/** Carries out the steps in order, until there were as many errors as the journal accepts (RFC 7644 §3.7.3). */
export async function runSteps(
  scope: WriteScope,
  steps: readonly Step[],
  journal: BulkJournal,
): Promise<void> {
  for (const step of steps) {
    if (journal.isFull) return;
    const outcomes = await runStep(scope, step, journal);
    for (const [position, task] of step.tasks.entries()) {
      const outcome = outcomes[position];
      const isBeyond = outcome === undefined || (journal.isFull && isFailed(outcome));
      if (!isBeyond) journal.record(task, outcome);
    }
  }
}

/** The outcomes of a step's tasks; fewer of them when the errors reach what the journal accepts. */
function runStep(scope: WriteScope, { kind, tasks }: Step, journal: BulkJournal): Promise<Outcome[]> {
  const batch = batches[kind];
  if (batch !== undefined) {
    return batch((one) => runBatch(scope, { batch: one, tasks, journal }));
  }
  const run = kind === 'changeUser' ? changeUser : changeGroup;
  return Promise.all(
    tasks.map(async (task) => {
      const resolved = attempt(() => resolve(task, journal));
      return 'error' in resolved ? resolved : settle(() => run(scope, resolved.value));
    }),
  );
}

interface BatchRun<Input> {
  batch: Batch<Input>;
  tasks: readonly PlannedTask[];
  journal: BulkJournal;
}

async function runBatch<Input>(
  scope: WriteScope,
  { batch, tasks, journal }: BatchRun<Input>,
): Promise<Outcome[]> {
  const userType = await scope.userType();
  const inputs = tasks.map((task) => attempt(() => batch.read(resolve(task, journal), userType)));
  if (journal.acceptable >= tasks.length) return runInputs(scope, batch, inputs);
  // Nothing may be done after the last error that is accepted, so what will fail has to be known before.
  const rehearsal = { ...scope, caller: { ...scope.caller, 'rollcall-dry-run': 'true' } };
  const rehearsed = await runInputs(rehearsal, batch, inputs);
  return runInputs(scope, batch, inputs.slice(0, endOf(rehearsed, journal.acceptable)));
}

/** How many outcomes there are up to the last error that is accepted. */
function endOf(outcomes: readonly Outcome[], acceptable: number): number {
  let errors = 0;
  const last = outcomes.findIndex((outcome) => isFailed(outcome) && ++errors === acceptable);
  return last === -1 ? outcomes.length : last + 1;
}

async function runInputs<Input>(
  scope: WriteScope,
  batch: Batch<Input>,
  inputs: readonly Attempt<Input>[],
): Promise<Outcome[]> {
  const valid = inputs.flatMap((input) => ('error' in input ? [] : [input.value]));
  const done = valid.length === 0 ? [] : await runValid(scope, batch, valid);
  const left = done.values();
  return inputs.map((input) => ('error' in input ? input : (left.next().value ?? forgotten)));
}

/** What refuses a whole batch, such as a permission that is lacking, refuses each of its operations. */
async function runValid<Input>(
  scope: WriteScope,
  batch: Batch<Input>,
  inputs: readonly Input[],
): Promise<Outcome[]> {
  try {
    return await batch.run(scope, inputs);
  } catch (error) {
    return inputs.map(() => ({ error }));
  }
}

const forgotten: Outcome = { error: new Error('A batch answered with fewer results than it has items.') };

function resolve(task: PlannedTask, { ids }: BulkJournal): ResolvedTask {
  if (isRefusedTask(task)) throw task.error;
  return resolveTask(task, ids);
}

type Attempt<T> = { readonly value: T } | { readonly error: unknown };

function attempt<T>(read: () => T): Attempt<T> {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof ScimError) return { error };
    throw error;
  }
}

async function settle(run: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await run();
  } catch (error) {
    return { error };
  }
}
