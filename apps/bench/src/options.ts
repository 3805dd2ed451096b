import { parseArgs } from 'node:util';
import { type ContenderName, contenderNames } from './contenders/contender.ts';
import type { Phase } from './phases/phase.ts';
import { phases } from './phases/phases.ts';

/** What the command line asks for. */
export interface Options {
  readonly users: number;
  readonly seconds: number;
  /** Turns in which they are spent. */
  readonly slices: number;
  readonly runs: number;
  readonly phases: readonly Phase[];
  readonly contenders: readonly ContenderName[];
  /** A directory for where the time of each process went. */
  readonly profiles?: string | undefined;
  /** Whether the page of figures is written. */
  readonly write: boolean;
}

/** The command line is wrong; the message says how. */
export class UsageError extends Error {}

export const USAGE = `npm run bench -- [options]

  --users 5000        people that each contender has
  --seconds 4         how long a contender plays a phase, in four turns
  --runs 1            runs of which the median counts; 3 with --write
  --phases a,b        some phases only: ${phases.map(({ name }) => name).join(', ')}
  --contenders a,b    some only: floor, server, stock (the server on a PostgreSQL as it comes), manager (Create teams: Manager), mapped (groups give roles)
  --profiles DIR      writes there where the time of each process went, for Chrome's DevTools; slows them down
  --write             writes docs/performance.md
`;

/** The people on whom the other phases rest. */
const NEEDED = 'create';
/** An even number, so that nobody is always first. */
const SLICES = 4;
/** Fewer than this, and two requests at a time could be about the same person. */
const LEAST_USERS = 100;

/** Reads the command line. @throws UsageError */
export function readOptions(args: readonly string[]): Options {
  const values = parse(args);
  const number = (name: 'users' | 'seconds' | 'runs', least: number, otherwise: number) => {
    const value = values[name] === undefined ? otherwise : Number(values[name]);
    if (!(value >= least)) throw new UsageError(`--${name} must be a number from ${least} on.`);
    return value;
  };
  return {
    users: Math.round(number('users', LEAST_USERS, 5_000)),
    seconds: number('seconds', 0.1, 4),
    slices: SLICES,
    runs: Math.round(number('runs', 1, values.write ? 3 : 1)),
    phases: choosePhases(values.phases),
    contenders: chooseContenders(values.contenders),
    profiles: values.profiles,
    write: values.write === true,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const numbers = { users: text, seconds: text, runs: text };
  const choices = { phases: text, contenders: text, profiles: text, write: { type: 'boolean' } } as const;
  try {
    return parseArgs({ args: [...args], options: { ...numbers, ...choices } }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function choosePhases(list: string | undefined): readonly Phase[] {
  if (list === undefined) return phases;
  const names = [NEEDED, ...list.split(',')];
  const unknown = names.find((name) => !phases.some((phase) => phase.name === name));
  if (unknown !== undefined) throw new UsageError(`There is no phase ${unknown}.`);
  return phases.filter(({ name }) => names.includes(name));
}

function chooseContenders(list: string | undefined): readonly ContenderName[] {
  if (list === undefined) return contenderNames;
  const names = list.split(',');
  const unknown = names.find((name) => !contenderNames.some((contender) => contender === name));
  if (unknown !== undefined) throw new UsageError(`There is no contender ${unknown}.`);
  return contenderNames.filter((name) => names.includes(name));
}
