import type { CreateTeamsName } from '../../model/account.entity.ts';
import { fold } from '../../text/fold.ts';
import { cyclesOf, weakestOf } from './cycles.ts';
import { subTeamName, toldApart } from './department-name.ts';
import type { PersonFacts } from './read-facts.ts';
import { type Department, type Survey, type Surveyed, survey } from './survey.ts';

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

/**
 * All teams that follow from everybody's facts, from nothing. Whatever is kept up change by change has to come to the
 * same (docs/decisions/0009-org-structure.md has the rules).
 */
export const deriveStructure = (
  mode: CreateTeamsName,
  facts: readonly PersonFacts[],
): Map<string, DerivedTeam> => teamsFrom(mode, survey(facts));

/** All teams that follow from what a survey found. */
export function teamsFrom(mode: CreateTeamsName, all: Survey): Map<string, DerivedTeam> {
  const teams = [
    ...(mode === 'NONE' ? [] : departmentTeams(all)),
    ...(mode === 'MANAGER' ? managerTeams(all) : []),
  ];
  return new Map(teams.map((team) => [team.key, team]));
}

function departmentTeams({ departments }: Survey): DerivedTeam[] {
  const pointsTo = (key: string) => departments.get(key)?.pointer.pointsTo ?? null;
  const cycles = cyclesOf(new Map([...departments.keys()].map((key) => [key, pointsTo(key)])));
  const cut = new Set(cycles.map((cycle) => weakestOf(cycle, (key) => departments.get(key)?.pointer)));
  return [...departments].map(([key, { name, members }]) => {
    const parent = cut.has(key) ? null : pointsTo(key);
    return {
      key: departmentTeam(key),
      name,
      parentKey: parent === null ? null : departmentTeam(parent),
      leadId: null,
      memberIds: members.map(({ id }) => id),
    };
  });
}

type Reports = ReadonlyMap<Surveyed, readonly Surveyed[]>;
type Departments = ReadonlyMap<string, Department>;

function managerTeams({ people, departments }: Survey): DerivedTeam[] {
  const reports = reportsOf(people);
  const plain = [...reports].map(([manager, members]) => {
    const name = plainName(manager, departments);
    return { manager, members, name, claim: fold(name) };
  });
  const claims = Map.groupBy(plain, ({ claim }) => claim);
  return plain.map(({ manager, members, name, claim }) => {
    const isDisputed = (claims.get(claim)?.length ?? 0) > 1 || departments.has(claim);
    return {
      key: managerTeam(manager.id),
      name: isDisputed ? toldApart(name, manager) : name,
      parentKey: parentOf(manager, { reports, departments }),
      leadId: manager.id,
      memberIds: members.map(({ id }) => id),
    };
  });
}

/** The active people whom somebody leads, by that one. */
function reportsOf(people: Survey['people']): Reports {
  const reports = new Map<Surveyed, Surveyed[]>();
  for (const person of people.values()) {
    const { manager, isMember } = person;
    if (!isMember || manager === undefined) continue;
    const others = reports.get(manager);
    if (others === undefined) reports.set(manager, [person]);
    else others.push(person);
  }
  return reports;
}

/** What the team of a manager's reports is called where nobody else claims that name. */
function plainName({ key, spelling, label }: Surveyed, departments: Departments): string {
  return subTeamName(key === null ? null : (departments.get(key)?.name ?? spelling), label);
}

function parentOf(
  { manager, key }: Surveyed,
  { reports, departments }: { reports: Reports; departments: Departments },
): string | null {
  if (manager !== undefined && reports.has(manager) && manager.key === key) return managerTeam(manager.id);
  return key !== null && departments.has(key) ? departmentTeam(key) : null;
}
