import type { CreateTeamsName } from '../accounts/account.entity.ts';
import { circlesOf, pointerOf, weakestOf } from './circles.ts';
import { caseless } from './department-name.ts';
import { type DerivedTeam, departmentTeam, deriveStructure, type PersonFacts } from './derive-structure.ts';
import { count, listed, problemOf } from './explanation.ts';
import type { OrgProblem } from './org-problem.ts';
import type { Survey, Surveyed } from './survey.ts';

/** What is wrong with departments; `attribute` is the one that says them. */
export function departmentProblems(all: Survey, attribute: string): OrgProblem[] {
  const members = [...all.people.values()].filter(({ isMember }) => isMember);
  const departments = Map.groupBy(
    members.filter(({ key }) => key !== null),
    ({ key }) => key ?? '',
  );
  return [
    ...members.filter(({ key }) => key === null).map((person) => withoutDepartment(person, attribute)),
    ...[...departments].flatMap(([key, those]) => differentSpellings(key, those)),
    ...departmentCircles(departments),
  ];
}

function withoutDepartment({ id, label, userName }: Surveyed, attribute: string): OrgProblem {
  const explanation = `${label} (${userName}) has no ${attribute}, and so is in no department's team. Fill it in the identity provider, and see that it is mapped.`;
  return problemOf('NO_DEPARTMENT', { key: id, label, explanation }, [{ id }]);
}

function differentSpellings(key: string, members: readonly Surveyed[]): OrgProblem[] {
  const spellings = [...Map.groupBy(members, ({ department }) => department ?? '')].toSorted(
    ([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1),
  );
  const [most, ...others] = spellings;
  if (most === undefined || others.length === 0) return [];
  const label = most[1][0]?.spelling ?? key;
  const counted = spellings.map(
    ([spelling, those]) => `${JSON.stringify(spelling)} (${count(those.length)})`,
  );
  const explanation = `${listed(counted)} are one department, since case and spaces don't count. Its team is named as most write it. Write it one way in the identity provider.`;
  return [
    problemOf(
      'DEPARTMENT_SPELLINGS',
      { key, label, explanation },
      others.flatMap(([, those]) => those),
    ),
  ];
}

type Departments = ReadonlyMap<string, readonly Surveyed[]>;

function departmentCircles(departments: Departments): OrgProblem[] {
  const pointers = new Map(
    [...departments].map(([key, members]) => [
      key,
      pointerOf(
        key,
        members.map(({ boss }) => (boss === undefined ? undefined : boss.key)),
        departments,
      ),
    ]),
  );
  const nameOf = (key: string): string => departments.get(key)?.[0]?.spelling ?? key;
  return circlesOf(new Map([...pointers].map(([key, { pointsTo }]) => [key, pointsTo]))).map((circle) => {
    const [key = ''] = circle;
    const top = nameOf(weakestOf(circle, (each) => pointers.get(each)));
    const line = listed([...circle, key].map(nameOf), ' → ');
    const explanation = `${line}: most managers of each are in the next. "${top}", whose people say so least, is put on top of the others. Look at who reports to somebody of another department there.`;
    const crossing = circle.flatMap((each) =>
      (departments.get(each) ?? []).filter(({ boss }) => boss?.key === pointers.get(each)?.pointsTo),
    );
    return problemOf('DEPARTMENT_CIRCLE', { key, label: nameOf(key), explanation }, crossing);
  });
}

/** Names that several claim; before teams are made, as they would be claimed. */
export function nameClashes(
  mode: CreateTeamsName,
  { people }: Survey,
  facts: readonly PersonFacts[],
): OrgProblem[] {
  const teams = deriveStructure(mode === 'NONE' ? 'MANAGER' : mode, facts);
  const disputed = [...teams.values()].filter(
    ({ leadId, name }) => leadId !== null && name.includes(NO_BREAK_SPACE),
  );
  return [...Map.groupBy(disputed, (team) => caseless(plainName(team)))].map(([key, those]) => {
    const [team] = those;
    const label = team === undefined ? key : plainName(team);
    const managers = those.flatMap(({ leadId }) => people.get(leadId ?? '') ?? []);
    const names = managers.map((manager) => `${manager.label} (${manager.userName})`);
    const department = teams.has(departmentTeam(key)) ? ', and so is a department' : '';
    const explanation = `The team of ${listed(names)} would be called "${label}"${department}. The userName is added to tell them apart. Make the display names differ.`;
    return problemOf('NAME_CLASH', { key, label, explanation }, managers);
  });
}

/** Stands before what is added to tell names apart; a name has none of its own. */
const NO_BREAK_SPACE = '\u00a0';

const plainName = ({ name }: DerivedTeam): string => name.slice(0, name.indexOf(NO_BREAK_SPACE));
