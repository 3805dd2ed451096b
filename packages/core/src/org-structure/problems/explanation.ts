import type { OrgProblem, OrgProblemKindName } from './org-problem.ts';

const MAX_NAMES = 10;
const MAX_PEOPLE = 100;

/** Names in a row; of many the first ten and how many more. */
export function listed(names: readonly string[], separator = ', '): string {
  const shown = names.slice(0, MAX_NAMES).join(separator);
  return names.length > MAX_NAMES ? `${shown}${separator}… (${grouped(names.length)} in all)` : shown;
}

/** So many people, in words. */
export const inWords = (people: number): string => (people === 1 ? '1 person' : `${grouped(people)} people`);

/** With a comma before each three digits, as all texts here are in English. */
const grouped = (number: number): string => number.toLocaleString('en');

/** A problem that concerns these people. */
export const problemOf = (
  kind: OrgProblemKindName,
  problem: Pick<OrgProblem, 'key' | 'label' | 'explanation'>,
  people: readonly { readonly id: string }[],
): OrgProblem => ({ kind, ...problem, userIds: people.slice(0, MAX_PEOPLE).map(({ id }) => id) });
