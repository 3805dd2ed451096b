import type { CreateTeamsName } from '../accounts/account.entity.ts';
import { circlesOf, mostFrequent, parentDepartment, pointerOf } from './circles.ts';
import { caseless, spellingOf, subTeamName, toldApart } from './department-name.ts';

/** What the structure goes by: of everybody who is not deprovisioned. */
export interface PersonFacts {
  readonly id: string;
  readonly userName: string;
  readonly label: string;
  /** Active: the others are in no team, but those who report to them still do. */
  readonly isMember: boolean;
  /** The value of the team attribute. */
  readonly department: string | null;
  readonly managerId: string | null;
}

/** A team as it is to be. */
export interface DerivedTeam {
  readonly key: string;
  readonly name: string;
  readonly parentKey: string | null;
  readonly leadId: string | null;
  readonly memberIds: readonly string[];
}

/** What stands for a department's team, and for the team of a manager's reports, wherever teams are compared. */
export const departmentTeam = (key: string): string => `department ${key}`;
export const managerTeam = (id: string): string => `manager ${id}`;

interface Person extends PersonFacts {
  readonly spelling: string | null;
  readonly key: string | null;
  readonly bossId: string | null;
}

/**
 * All teams that follow from everybody's facts, from nothing. Whatever is kept up change by change has to come to the
 * same (docs/decisions/0009-org-structure.md has the rules).
 */
export function deriveStructure(
  mode: CreateTeamsName,
  people: readonly PersonFacts[],
): Map<string, DerivedTeam> {
  if (mode === 'NONE') return new Map();
  const all = withBosses(people);
  const departments = departmentsOf(all);
  const teams = [...departments.values()].map(({ team }) => team);
  const subTeams = mode === 'MANAGER' ? subTeamsOf(all, departments) : [];
  return new Map([...teams, ...subTeams].map((team) => [team.key, team]));
}

function withBosses(people: readonly PersonFacts[]): Map<string, Person> {
  const managers = new Map(people.map(({ id, managerId }) => [id, managerId]));
  const onCircle = new Set(circlesOf(managers).flat());
  return new Map(
    people.map((person) => {
      const spelling = spellingOf(person.department);
      const hasBoss = person.managerId !== null && managers.has(person.managerId) && !onCircle.has(person.id);
      const bossId = hasBoss ? person.managerId : null;
      return [person.id, { ...person, spelling, key: spelling === null ? null : caseless(spelling), bossId }];
    }),
  );
}

interface Department {
  readonly name: string;
  readonly team: DerivedTeam;
}

function departmentsOf(people: ReadonlyMap<string, Person>): Map<string, Department> {
  const members = Map.groupBy(
    [...people.values()].filter(({ isMember, key }) => isMember && key !== null),
    ({ key }) => key ?? '',
  );
  const bossDepartment = ({ bossId }: Person) => (bossId === null ? undefined : people.get(bossId)?.key);
  const pointers = new Map(
    [...members].map(([key, those]) => [key, pointerOf(key, those.map(bossDepartment), members)]),
  );
  return new Map(
    [...members].map(([key, those]) => {
      const name = mostFrequent(those.map(({ spelling }) => spelling ?? ''))?.value ?? key;
      const parent = parentDepartment(key, (each) => pointers.get(each));
      const team = {
        key: departmentTeam(key),
        name,
        parentKey: parent === null ? null : departmentTeam(parent),
        leadId: null,
        memberIds: those.map(({ id }) => id),
      };
      return [key, { name, team }];
    }),
  );
}

function subTeamsOf(
  people: ReadonlyMap<string, Person>,
  departments: ReadonlyMap<string, Department>,
): DerivedTeam[] {
  const reports = Map.groupBy(
    [...people.values()].filter(({ isMember, bossId }) => isMember && bossId !== null),
    ({ bossId }) => bossId ?? '',
  );
  const plain = [...reports].flatMap(([id, members]) => {
    const manager = people.get(id);
    if (manager === undefined) return [];
    const department = manager.key === null ? null : (departments.get(manager.key)?.name ?? manager.spelling);
    return [{ manager, members, name: subTeamName(department, manager.label) }];
  });
  const claims = Map.groupBy(plain, ({ name }) => caseless(name));
  return plain.map(({ manager, members, name }) => {
    const isDisputed = (claims.get(caseless(name))?.length ?? 0) > 1 || departments.has(caseless(name));
    return {
      key: managerTeam(manager.id),
      name: isDisputed ? toldApart(name, manager) : name,
      parentKey: parentOf(manager, people, { reports, departments }),
      leadId: manager.id,
      memberIds: members.map(({ id }) => id),
    };
  });
}

function parentOf(
  { bossId, key }: Person,
  people: ReadonlyMap<string, Person>,
  { reports, departments }: Record<'reports' | 'departments', ReadonlyMap<string, unknown>>,
): string | null {
  if (bossId !== null && reports.has(bossId) && people.get(bossId)?.key === key) return managerTeam(bossId);
  return key !== null && departments.has(key) ? departmentTeam(key) : null;
}
