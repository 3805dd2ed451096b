/** More characters than this nobody reads; PostgreSQL could not index many more. */
const MAX_LENGTH = 200;

const collapsed = (text: string): string =>
  [...text.replaceAll(/\s+/gu, ' ').trim()].slice(0, MAX_LENGTH).join('').trim();

/** A department as somebody's attribute spells it: single spaces, at most 200 characters; null when nothing is left. */
export function spellingOf(value: string | null): string | null {
  const spelling = value === null ? '' : collapsed(value);
  return spelling === '' ? null : spelling;
}

/**
 * A name as it is compared with others, without case: character by character as PostgreSQL's lower() does, which the
 * unique index on team names goes by.
 */
export const caseless = (name: string): string =>
  isAscii(name)
    ? name.toLowerCase()
    : Array.from(name, (character) => String.fromCodePoint(character.toLowerCase().codePointAt(0) ?? 0)).join(
        '',
      );

// Nearly all names are, and of these one character's case never depends on another.
const isAscii = (name: string): boolean => /^[\0-\x7f]*$/.test(name);

/** The name of the team of a manager's reports, before clashes are told apart. */
export const subTeamName = (department: string | null, manager: string): string =>
  department === null ? collapsed(manager) : `${department} - ${collapsed(manager)}`;

// Names have no such space of their own, so no department and no other manager can come to have this name.
const NO_BREAK_SPACE = '\u00a0';

/** The name of a team whose plain name several claim: with the userName of its manager. */
export const toldApart = (name: string, { id, userName }: { id: string; userName: string }): string =>
  `${name}${NO_BREAK_SPACE}(${userName.length <= MAX_LENGTH ? userName : id})`;
