import { findMember, fold, isJsonObject } from '@rollcall/scim-protocol';
import { type BulkTask, isRefusedTask, type PlannedTask, type StepKind } from './task.ts';

/** Tasks that are carried out together. */
export interface Step {
  readonly kind: StepKind;
  readonly tasks: readonly PlannedTask[];
}

export interface StepLimits {
  /** Most tasks of one step. */
  readonly maxItems: number;
  /** Most characters of the data of one step; a single task may have more. */
  readonly maxCharacters: number;
}

/**
 * Must match what a GraphQL server accepts in one request: 1,000 items and 4 MiB. A character takes three bytes at most,
 * and an item some hundred besides for the names of what it leaves out.
 */
export const stepLimits: StepLimits = { maxItems: 1_000, maxCharacters: 800_000 };

/**
 * Gathers tasks into few steps with the outcome that one after the other would have (RFC 7644 §3.7): a task joins an
 * earlier step of its kind when nothing that it might meet lies between. When the request stops at errors, only neighbours
 * are gathered, so that nothing is done out of order.
 */
export function planSteps(
  tasks: readonly PlannedTask[],
  { isStopped, limits = stepLimits }: { isStopped: boolean; limits?: StepLimits },
): Step[] {
  const planning = new Planning(tasks, isStopped, limits);
  for (const task of tasks) planning.add(task);
  return planning.steps;
}

interface OpenStep extends Step {
  readonly tasks: PlannedTask[];
  characters: number;
}

const single: ReadonlySet<StepKind> = new Set(['changeUser', 'changeGroup']);

/** Kinds whose order matters even between different resources: names become free, members come and go. */
const meets: Record<StepKind, readonly StepKind[]> = {
  createUsers: ['deleteUsers', 'changeUser'],
  deleteUsers: ['createUsers', 'changeUser', 'createGroups', 'changeMembers', 'changeGroup'],
  changeUser: ['createUsers', 'deleteUsers', 'changeUser'],
  createGroups: ['deleteUsers', 'deleteGroups', 'changeGroup'],
  deleteGroups: ['createGroups', 'changeMembers', 'changeGroup'],
  changeMembers: ['deleteUsers', 'deleteGroups'],
  changeGroup: ['deleteUsers', 'createGroups', 'deleteGroups', 'changeGroup'],
  refuse: [],
};

// Who is deleted and created again in one request has the same id, so groups may mean either.
const meetsReturning: readonly StepKind[] = ['createGroups', 'changeMembers', 'changeGroup'];

class Planning {
  readonly steps: OpenStep[] = [];
  readonly #isStopped: boolean;
  readonly #limits: StepLimits;
  readonly #deletesUsers: boolean;
  readonly #lastOfKind = new Map<StepKind, number>();
  readonly #lastOfKey = new Map<string, number>();
  /** By bulkId, the step that creates the resource. */
  readonly #createdIn = new Map<string, number>();

  constructor(tasks: readonly PlannedTask[], isStopped: boolean, limits: StepLimits) {
    this.#isStopped = isStopped;
    this.#limits = limits;
    this.#deletesUsers = tasks.some((task) => kindOf(task) === 'deleteUsers');
  }

  add(task: PlannedTask): void {
    const kind = kindOf(task);
    const keys = isRefusedTask(task) ? [] : keysOf(task);
    const earliest = Math.max(this.#earliest(kind, keys), this.#afterReferences(task));
    const characters = isRefusedTask(task) ? 0 : task.characters;
    const index = this.#join(task, { kind, earliest, characters });
    this.#lastOfKind.set(kind, Math.max(index, this.#lastOfKind.get(kind) ?? 0));
    for (const key of keys) this.#lastOfKey.set(key, index);
    const created = isRefusedTask(task) ? undefined : createdBy(task);
    if (created !== undefined) this.#createdIn.set(created, index);
  }

  /** The first step that the task may belong to. */
  #earliest(kind: StepKind, keys: readonly string[]): number {
    const afterKinds = this.#kindsMetBy(kind).map((other) => (this.#lastOfKind.get(other) ?? -1) + 1);
    const afterKeys = keys.map((key) => {
      const last = this.#lastOfKey.get(key);
      if (last === undefined) return 0;
      // What is said of one group's members several times is applied in order.
      return kind === 'changeMembers' && this.steps[last]?.kind === kind ? last : last + 1;
    });
    return Math.max(this.#isStopped ? this.steps.length - 1 : 0, 0, ...afterKinds, ...afterKeys);
  }

  #kindsMetBy(kind: StepKind): readonly StepKind[] {
    if (!this.#deletesUsers) return meets[kind];
    if (kind === 'createUsers') return [...meets[kind], ...meetsReturning];
    return meetsReturning.includes(kind) ? [...meets[kind], 'createUsers'] : meets[kind];
  }

  #afterReferences(task: PlannedTask): number {
    if (isRefusedTask(task)) return 0;
    return Math.max(0, ...[...task.references].map((bulkId) => (this.#createdIn.get(bulkId) ?? -1) + 1));
  }

  /** Puts the task into the first step from `earliest` on that has room for it, or into a new one. */
  #join(
    task: PlannedTask,
    { kind, earliest, characters }: { kind: StepKind; earliest: number; characters: number },
  ): number {
    const { maxItems, maxCharacters } = this.#limits;
    const index = single.has(kind)
      ? -1
      : this.steps.findIndex(
          (step, position) =>
            position >= earliest &&
            step.kind === kind &&
            step.tasks.length < maxItems &&
            step.characters + characters <= maxCharacters,
        );
    const step = this.steps[index];
    if (step === undefined) return this.steps.push({ kind, tasks: [task], characters }) - 1;
    step.tasks.push(task);
    step.characters += characters;
    return index;
  }
}

function kindOf(task: PlannedTask): StepKind {
  if (isRefusedTask(task)) return 'refuse';
  const { operation, target, memberChange } = task;
  const isUser = target.type === 'User';
  if (operation.method === 'POST') return isUser ? 'createUsers' : 'createGroups';
  if (memberChange !== undefined) return 'changeMembers';
  if (operation.method === 'DELETE' && operation.version === undefined) {
    return isUser ? 'deleteUsers' : 'deleteGroups';
  }
  return isUser ? 'changeUser' : 'changeGroup';
}

/** The names under which a task may meet another: that of its resource, and of the one it creates. */
function keysOf({ operation, target: { type, id } }: BulkTask): string[] {
  if (id !== undefined) return [`${type}/${id.startsWith('bulkId:') ? id : id.toLowerCase()}`];
  const name = isJsonObject(operation.data)
    ? findMember(operation.data, type === 'User' ? 'userName' : 'displayName')
    : undefined;
  const created = `${type}/bulkId:${operation.bulkId}`;
  return typeof name === 'string' ? [created, `${type} named ${fold(name)}`] : [created];
}

const createdBy = ({ operation: { method, bulkId } }: BulkTask): string | undefined =>
  method === 'POST' ? bulkId : undefined;
