import { ScimError } from '@rollcall/scim-protocol';
import type { RequestScope } from '../adapter/request-scope.ts';
import type { ResourceName } from '../addresses/resource-urls.ts';
import { type Batch, type Batches, isFailed, type Outcome } from '../resources/batch.ts';
import type { ResourcePort } from '../resources/resource-port.ts';
import type { BulkJournal } from './journal.ts';
import type { Step } from './plan-steps.ts';
import { type ResolvedTask, resolveTask } from './resolve-task.ts';
import { runSingle } from './run-single.ts';
import { isRefusedTask, type PlannedTask, type StepKind } from './task.ts';

/** The types of resources that operations may address. */
export type ResourcePorts = Readonly<Record<ResourceName, ResourcePort>>;

/** A bulk request that is carried out. */
export interface BulkRun {
  readonly ports: ResourcePorts;
  readonly scope: RequestScope;
  readonly journal: BulkJournal;
}

/** Carries out the steps in order, until there were as many errors as the journal accepts (RFC 7644 §3.7.3). */
export async function runSteps(run: BulkRun, steps: readonly Step[]): Promise<void> {
  const { journal } = run;
  for (const step of steps) {
    if (journal.isFull) return;
    const outcomes = await runStep(run, step);
    for (const [position, task] of step.tasks.entries()) {
      const outcome = outcomes[position];
      const isBeyond = outcome === undefined || (journal.isFull && isFailed(outcome));
      if (!isBeyond) journal.record(task, outcome);
    }
  }
}

/** The kinds of steps that are batches, each one verb of one type. */
const batches: Partial<Record<StepKind, readonly [ResourceName, Exclude<keyof Batches, 'patchStatus'>]>> = {
  createUsers: ['User', 'create'],
  deleteUsers: ['User', 'delete'],
  createGroups: ['Group', 'create'],
  changeMembers: ['Group', 'changeMembers'],
  deleteGroups: ['Group', 'delete'],
};

/** The outcomes of a step's tasks; fewer of them when the errors reach what the journal accepts. */
function runStep(run: BulkRun, { kind, tasks }: Step): Promise<Outcome[]> {
  const { ports, scope, journal } = run;
  const [type, verb] = batches[kind] ?? [];
  const port = type && ports[type];
  const batch = verb && port?.batches[verb];
  if (port !== undefined && batch !== undefined) return runBatch(run, { port, batch, tasks });
  return Promise.all(
    tasks.map(async (task) => {
      const resolved = attempt(() => resolve(task, journal));
      if ('error' in resolved) return resolved;
      return settle(() => runSingle(ports[resolved.value.type], scope, resolved.value));
    }),
  );
}

interface BatchStep {
  port: ResourcePort;
  batch: Batch;
  tasks: readonly PlannedTask[];
}

async function runBatch({ scope, journal }: BulkRun, { port, batch, tasks }: BatchStep): Promise<Outcome[]> {
  const resourceType = await port.resourceTypeFor(scope);
  const inputs = tasks.map((task) => attempt(() => batch.plan(resolve(task, journal), resourceType)));
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

async function runInputs(
  scope: RequestScope,
  batch: Batch,
  inputs: readonly Attempt<unknown>[],
): Promise<Outcome[]> {
  const valid = inputs.flatMap((input) => ('error' in input ? [] : [input.value]));
  const done = valid.length === 0 ? [] : await runValid(scope, batch, valid);
  const left = done.values();
  return inputs.map((input) => ('error' in input ? input : (left.next().value ?? forgotten)));
}

/** What refuses a whole batch, such as a permission that is lacking, refuses each of its operations. */
async function runValid(scope: RequestScope, batch: Batch, inputs: readonly unknown[]): Promise<Outcome[]> {
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
