import { fold } from '../../text/fold.ts';
import { type Survey, type Surveyed, topsOf } from '../derive/survey.ts';
import { inWords, listed, problemOf } from './explanation.ts';
import type { OrgProblem } from './org-problem.ts';

/** Somebody who left and whom others still name as their manager. */
export interface Departed {
  readonly id: string;
  readonly userName: string;
  readonly label: string;
}

/** What is wrong with who reports to whom. */
export const managerProblems = (all: Survey, departed: readonly Departed[]): OrgProblem[] => [
  ...all.cycles.map(cycle),
  ...unknownManagers(all, departed),
  ...inactiveManagers(all),
  ...furtherHeads(all),
];

function cycle(people: readonly Surveyed[]): OrgProblem {
  const [first] = people;
  if (first === undefined) throw new Error('A cycle has somebody on it.');
  if (people.length === 1) {
    const explanation = `${first.label} (${first.userName}) is named as their own manager, and stands at the top of the chart. Name another manager, or none.`;
    return problemOf('SELF_MANAGER', { key: first.id, label: first.label, explanation }, people);
  }
  const line = listed([...people.map(({ label }) => label), first.label], ' → ');
  const explanation = `${line}: each reports to the next. None of them has a manager in the chart, and nobody's team is under another's, until one is given a manager who is not below them.`;
  return problemOf('CYCLE', { key: first.id, label: first.label, explanation }, people);
}

function unknownManagers({ people, matters }: Survey, departed: readonly Departed[]): OrgProblem[] {
  const gone = new Map(
    departed.flatMap((each) => [each.id, fold(each.userName)].map((name) => [name, each])),
  );
  const waiting = [...people.values()].filter(
    (person) => person.managerId === null && person.managerValue !== null && matters(person),
  );
  const byName = Map.groupBy(waiting, ({ managerValue }) => {
    const name = fold(managerValue ?? '');
    return gone.get(name)?.id ?? name;
  });
  return [...byName].map(([key, those]) => {
    const who = listed(those.map((each) => each.label));
    const name = those.length === 1 ? 'names' : 'name';
    const left = gone.get(key);
    const label = left?.label ?? those[0]?.managerValue ?? key;
    const explanation =
      left === undefined
        ? `${who} ${name} "${label}" as manager, and nobody here has this id, external id or userName. It heals when that person is provisioned; else correct the manager in the identity provider.`
        : `${who} still ${name} ${label} as manager, who has left the directory. Give them another manager in the identity provider.`;
    return problemOf('MANAGER_UNKNOWN', { key, label, explanation }, those);
  });
}

function inactiveManagers({ people, reports }: Survey): OrgProblem[] {
  return [...reports].flatMap(([id, all]) => {
    const manager = people.get(id);
    const those = all.filter((each) => each.isMember && each.id !== id);
    if (manager === undefined || manager.isMember || those.length === 0) return [];
    const explanation = `${manager.label} (${manager.userName}) is switched off, and ${inWords(those.length)} still ${those.length === 1 ? 'reports' : 'report'} to them: ${listed(those.map(({ label }) => label))}. Their team stays, led by somebody who can't sign in. Give them another manager.`;
    return [
      problemOf('MANAGER_INACTIVE', { key: id, label: manager.label, explanation }, [manager, ...those]),
    ];
  });
}

/** People without a manager, but for the one with most people below: that one is the head. */
function furtherHeads(all: Survey): OrgProblem[] {
  const below = new Map<string, number>();
  for (const top of topsOf(all).values()) below.set(top.id, (below.get(top.id) ?? 0) + 1);
  const heads = [...all.people.values()].filter(
    (person) => person.managerId === null && person.managerValue === null && all.matters(person),
  );
  const [head] = heads.toSorted((a, b) => (below.get(b.id) ?? 0) - (below.get(a.id) ?? 0));
  // As long as nobody has a manager, nobody lacks one.
  if (head === undefined || ![...all.people.values()].some(({ manager }) => manager !== undefined)) return [];
  const led = inWords((below.get(head.id) ?? 1) - 1);
  return heads
    .filter(({ id }) => id !== head.id)
    .map((person) => {
      const explanation = `${person.label} (${person.userName}) has no manager and stands at the top of the chart beside ${head.label}, who has ${led} below. Name a manager, unless this is meant.`;
      return problemOf('NO_MANAGER', { key: person.id, label: person.label, explanation }, [person]);
    });
}
