import type { Directory, Person } from './directory.ts';
import { evolveGroups, evolvePeople } from './evolve.ts';
import { groupDefinitions, groupOf } from './groups.ts';
import type { IdpName } from './identifiers.ts';
import { orgTree } from './org-tree.ts';
import { hire, hiringOf, managerKeys } from './people.ts';
import { Random } from './random.ts';
import { UserNames } from './user-names.ts';

/** What a synthetic organisation is made from. */
export interface DirectoryOptions {
  readonly idp: IdpName;
  readonly seed: number;
  /** People in the initial generation, at least 1; joiners of the delta come on top. */
  readonly users: number;
  /** Groups, 0 or more. */
  readonly groups: number;
}

/** The share of people whose account is switched off in the initial generation. */
const INACTIVE_SHARE = 0.01;

/** Builds the organisation of a seed, before and after the delta; the same options give the same organisation. */
export function buildDirectory({ idp, seed, users, groups }: DirectoryOptions): Directory {
  const hiring = hiringOf(idp, seed, new UserNames());
  const positions = orgTree(users, new Random(`${seed}:tree`));
  const hired = positions.map((position, key) => hire(hiring, key, position));
  const before = withInactive(hired, new Random(`${seed}:inactive`));
  const definitions = groupDefinitions(groups, before, { idp, seed });
  const after = evolvePeople(before, definitions, seed, hiring);
  const later = evolveGroups(definitions, after, seed);
  return {
    idp,
    seed,
    generations: [
      { people: before, groups: definitions.map((definition, key) => groupOf(definition, key, before)) },
      { people: after, groups: later.map((definition, key) => groupOf(definition, key, after)) },
    ],
  };
}

function withInactive(people: readonly Person[], random: Random): Person[] {
  const managers = managerKeys(people);
  const candidates = people.filter(({ key }) => key !== 0 && !managers.has(key));
  const count = Math.ceil(people.length * INACTIVE_SHARE);
  const inactive = new Set(random.sample(candidates, count).map(({ key }) => key));
  return people.map((person) => (inactive.has(person.key) ? { ...person, active: false } : person));
}
