import type { CreateTeamsName } from '../../model/account.entity.ts';
import { fold } from '../../text/fold.ts';
import { cyclesOf, weakestOf } from '../derive/cycles.ts';
import { type DerivedTeam, departmentTeam, teamsFrom } from '../derive/derive-structure.ts';
import type { Department, Survey, Surveyed } from '../derive/survey.ts';
import { inWords, listed, problemOf } from './explanation.ts';
import type { OrgProblem } from './org-problem.ts';

/** What is wrong with departments; `attribute` is the one that says them. */
export function departmentProblems({ people, departments }: Survey, attribute: string): OrgProblem[] {
  return [
    ...[...people.values()]
      .filter(({ isMember, key }) => isMember && key === null)
      .map((person) => withoutDepartment(person, attribute)),
    ...[...departments].flatMap(([key, department]) => differentSpellings(key, department)),
    ...departmentCycles(departments),
  ];
}

function withoutDepartment({ id, label, userName }: Surveyed, attribute: string): OrgProblem {
  const explanation = `${label} (${userName}) has no ${attribute}, and so is in no department's team. Fill it in the identity provider, and see that it is mapped.`;
  return problemOf('NO_DEPARTMENT', { key: id, label, explanation }, [{ id }]);
}

function differentSpellings(key: string, { name: label, members }: Department): OrgProblem[] {
  const spellings = [...Map.groupBy(members, ({ department }) => department ?? '')].toSorted(
    ([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1),
  );
  const [, ...others] = spellings;
  if (others.length === 0) return [];
  const counted = spellings.map(
    ([spelling, those]) => `${JSON.stringify(spelling)} (${inWords(those.length)})`,
  );
  const explanation = `${listed(counted)} are one department, since case and spaces don't count. Its team is named "${label}", as most write it. Write it one way in the identity provider.`;
  return [
    problemOf(
      'DEPARTMENT_SPELLINGS',
      { key, label, explanation },
      others.flatMap(([, those]) => those),
    ),
  ];
}

function departmentCycles(departments: Survey['departments']): OrgProblem[] {
  const nameOf = (key: string): string => departments.get(key)?.name ?? key;
  const pointsTo = (key: string) => departments.get(key)?.pointer.pointsTo;
  const next = new Map([...departments.keys()].map((key) => [key, pointsTo(key)]));
  return cyclesOf(next).map((cycle) => {
    const [key = ''] = cycle;
    const top = nameOf(weakestOf(cycle, (each) => departments.get(each)?.pointer));
    const line = listed([...cycle, key].map(nameOf), ' → ');
    const explanation = `${line}: most managers of each are in the next. "${top}", whose people say so least, is put on top of the others. Look at who reports to somebody of another department there.`;
    const crossing = cycle.flatMap((each) =>
      (departments.get(each)?.members ?? []).filter(({ manager }) => manager?.key === pointsTo(each)),
    );
    return problemOf('DEPARTMENT_CYCLE', { key, label: nameOf(key), explanation }, crossing);
  });
}

/** Names that several claim; before teams are made, as they would be claimed. */
export function nameClashes(mode: CreateTeamsName, all: Survey): OrgProblem[] {
  const teams = teamsFrom(mode === 'NONE' ? 'MANAGER' : mode, all);
  const disputed = [...teams.values()].filter(
    ({ leadId, name }) => leadId !== null && name.includes(NO_BREAK_SPACE),
  );
  return [...Map.groupBy(disputed, (team) => fold(plainName(team)))].map(([key, those]) => {
    const [team] = those;
    const label = team === undefined ? key : plainName(team);
    const managers = those.flatMap(({ leadId }) => all.people.get(leadId ?? '') ?? []);
    const names = managers.map((manager) => `${manager.label} (${manager.userName})`);
    const department = teams.has(departmentTeam(key)) ? ', and so is a department' : '';
    const explanation = `The team of ${listed(names)} would be called "${label}"${department}. The userName is added to tell them apart. Make the display names differ.`;
    return problemOf('NAME_CLASH', { key, label, explanation }, managers);
  });
}

/** Stands before what is added to tell names apart; a name has none of its own. */
const NO_BREAK_SPACE = '\u00a0';

const plainName = ({ name }: DerivedTeam): string => name.slice(0, name.indexOf(NO_BREAK_SPACE));
