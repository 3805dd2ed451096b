import { type RawBuilder, sql } from 'kysely';
import { mailbox } from '../text/mailbox.ts';
import { checkName } from '../text/text-rules.ts';

/** A group as it is mapped: what the provider sends, without white space around it. @throws DomainError INVALID_INPUT */
export const checkGroupValue = (text: string): string => checkName(text, 'group').trim();

/**
 * What tells the groups of sign-ins apart. The case of ASCII letters does not, as in ids and most names; all else does, unlike
 * with groups that are pushed: a directory has no two of those whose names fold to the same, but whoever may make groups
 * at a provider could make one whose name only looks like that of another.
 */
export const groupKey = (value: string): string => mailbox(value.trim());

/** The same of a column. */
export const groupKeyOf = (column: string): RawBuilder<unknown> => sql`lower(${sql.ref(column)} COLLATE "C")`;
