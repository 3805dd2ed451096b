import type { Sql } from '../../database/database.ts';
import { SerializationConflict, violates } from '../../errors/constraint-errors.ts';
import type { CreateTeamsName } from '../../model/account.entity.ts';
import type { Authorship } from '../../model/event.ts';
import { fold } from '../../text/fold.ts';
import { countChanges } from './count-changes.ts';
import { contestedNames, draftTeams, settleClaims } from './draft-teams.ts';
import { changePeople, managerOf, type PeopleChanges } from './people.ts';
import { newNames, planTeams } from './plan-teams.ts';
import { readChanges, readPeopleAround } from './read-people.ts';
import {
  type DepartmentState,
  type ManagerState,
  readAdoptable,
  readDepartmentLines,
  readDepartments,
  readManagers,
  readNames,
} from './read-teams.ts';
import { writePeople } from './write-people.ts';
import { writeTeams } from './write-teams.ts';

export interface KeepOptions {
  /** Also bring in line what nothing changed of: the teams of all these people. */
  readonly everything?: boolean;
}

/**
 * Brings the teams of the org structure in line with what these people are now. Runs in the transaction that changed
 * them, which has the account to itself (hold_org_structure); its cost follows what changed, in a constant number of statements.
 */
export async function keepStructure(
  db: Sql,
  authorship: Authorship,
  userIds: readonly string[],
  { everything = false }: KeepOptions = {},
): Promise<void> {
  const { accountId } = authorship;
  const { createTeams, changes: read } = await readChanges(db, accountId, userIds);
  const changes = read.filter(
    ({ before, after }) => everything || JSON.stringify(before) !== JSON.stringify(after),
  );
  if (changes.length === 0) return;
  const people = changePeople(await readPeopleAround(db, accountId, changes), changes);
  const counts = countChanges(people);
  await writePeople(db, accountId, people, counts);
  const keys = new Set([...counts.spellings, ...counts.links].map(({ department }) => department));
  if (everything) for (const key of departmentsOf(people)) keys.add(key);
  const departments = await readDepartments(db, accountId, [...keys]);
  await keepTeams(db, authorship, { createTeams, people, departments, everything });
}

interface Concerned {
  readonly createTeams: CreateTeamsName;
  readonly people: PeopleChanges;
  readonly departments: readonly DepartmentState[];
  readonly everything: boolean;
}

async function keepTeams(
  db: Sql,
  authorship: Authorship,
  { createTeams, people, departments, everything }: Concerned,
): Promise<void> {
  const { accountId } = authorship;
  const lines = await readDepartmentLines(db, accountId, pointingOn(departments));
  const managers = await readManagers(db, accountId, {
    ids: managersOf(people),
    departments: departments.filter(isOther).map(({ department }) => department),
  });
  const drafts = draftTeams({ createTeams, departments, lines, managers });
  const userNames = userNamesOf(managers);
  const contested = contestedNames(drafts, userNames);
  const names = await readNames(db, accountId, contested);
  const entries = settleClaims(drafts, { ...names, contested: new Set(contested) }, userNames);
  const toldApart = newNames(entries).filter((name) => !contested.includes(fold(name)));
  const adoptable = [...names.adoptable, ...(await readAdoptable(db, accountId, toldApart))];
  await writeTeams(db, authorship, planTeams({ entries, managers, adoptable, people, everything })).catch(
    unlessNameWasTaken,
  );
}

// Somebody gave a team by hand the name of one to be, just now: when it is there to be seen, it is adopted.
function unlessNameWasTaken(error: unknown): never {
  throw violates(error, 'teams__display_name')
    ? new SerializationConflict('A team of that name was just made.', { cause: error })
    : error;
}

/** The departments whose place depends on others, and those that they point to. */
const pointingOn = (departments: readonly DepartmentState[]): string[] =>
  departments.flatMap(({ department, team, points_to }) =>
    points_to === null && (team?.points_to ?? null) === null ? [] : [department, points_to ?? []].flat(),
  );

/** Does it appear, go, or change its name? */
const isOther = ({ team, spelling }: DepartmentState): boolean => (team?.name ?? null) !== spelling;

const departmentsOf = ({ touched }: PeopleChanges): string[] =>
  touched.flatMap(({ before, after }) => [before?.department ?? [], after?.department ?? []].flat());

/** Those whose team of reports may differ: the people themselves unless they just came, and who leads them, before and after. */
const managersOf = ({ touched }: PeopleChanges): string[] => [
  ...new Set(
    touched.flatMap(({ id, before, after }) => [
      ...(before === undefined ? [] : [id]),
      ...[before, after].flatMap((person) => (person === undefined ? [] : (managerOf(person) ?? []))),
    ]),
  ),
];

const userNamesOf = (managers: readonly ManagerState[]): Map<string, string> =>
  new Map(managers.flatMap(({ id, person }) => (person === null ? [] : [[id, person.user_name]])));
