import type { ContenderName } from '../contenders/contender.ts';

/** A contender is held against another one, phase by phase. */
export interface Comparison {
  readonly of: ContenderName;
  readonly to: ContenderName;
  readonly title: string;
  readonly why: string;
  /** The ratio of requests in a second that a phase is to reach at least; undefined where none is set. */
  target(phase: string): number | undefined;
}

const TO_FLOOR: Readonly<Record<string, number>> = {
  get: 0.5,
  'look-up-user-name': 0.45,
  'look-up-external-id': 0.45,
  create: 0.4,
  patch: 0.4,
  deactivate: 0.4,
  delta: 0.4,
  put: 0.35,
  delete: 0.35,
  'add-member': 0.6,
  'remove-member': 0.6,
  'add-1000': 0.5,
  bulk: 0.35,
  list: 0.6,
  group: 0.5,
  filter: 0.6,
};

const TO_NO_TEAMS: Readonly<Record<string, number>> = {
  create: 0.75,
  patch: 0.75,
  deactivate: 0.75,
  delta: 0.75,
};

const TO_NO_MAPPINGS: Readonly<Record<string, number>> = {
  'add-member': 0.75,
  'remove-member': 0.75,
  'add-1000': 0.75,
};

/** How much of what is possible the server does. */
export const toFloor: Comparison = {
  of: 'server',
  to: 'floor',
  title: 'Against the floor',
  why: 'The floor is the least that Fastify and pg can do to pass the same checks: no validation, no authorization, one statement a request with its event.',
  target: (phase) => TO_FLOOR[phase],
};

/** What the figures are to show. */
export const comparisons: readonly Comparison[] = [
  toFloor,
  {
    of: 'stock',
    to: 'server',
    title: 'A PostgreSQL as it comes, against ours',
    why: 'The same server on a cluster that no setting was changed of, from its first request on.',
    target: () => 0.9,
  },
  {
    of: 'manager',
    to: 'server',
    title: 'Create teams: Manager, against None',
    why: 'The same server while teams follow from departments and managers.',
    target: (phase) => TO_NO_TEAMS[phase],
  },
  {
    of: 'mapped',
    to: 'server',
    title: 'Groups that give roles, against groups that give none',
    why: 'The same server with 50 groups mapped to 10 roles, and each group that is worked on too: whoever joins one gets a role, and loses it on leaving.',
    target: (phase) => TO_NO_MAPPINGS[phase],
  },
];
