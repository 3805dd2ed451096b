import { isBlank } from '../../text/text-rules.ts';

/** More characters than this nobody reads; PostgreSQL could not index many more. */
const MAX_LENGTH = 200;

const collapsed = (text: string): string =>
  [...text.replaceAll(/\s+/gu, ' ').trim()].slice(0, MAX_LENGTH).join('').trim();

/**
 * A department as somebody's attribute spells it: single spaces, at most 200 characters, in the normal form; null when
 * nothing is left that can be seen.
 */
export function spellingOf(value: string | null): string | null {
  const spelling = value === null ? '' : collapsed(value.normalize('NFC'));
  return isBlank(spelling) ? null : spelling;
}

/** The name of the team of a manager's reports, before clashes are told apart. */
export const subTeamName = (department: string | null, manager: string): string =>
  department === null ? collapsed(manager) : `${department} - ${collapsed(manager)}`;

// Names have no such space of their own, so no department and no other manager can come to have this name.
const NO_BREAK_SPACE = '\u00a0';

/** The name of a team whose plain name several claim: with the userName of its manager. */
export const toldApart = (name: string, { id, userName }: { id: string; userName: string }): string =>
  `${name}${NO_BREAK_SPACE}(${userName.length <= MAX_LENGTH ? userName : id})`;
