import { type RawBuilder, sql } from 'kysely';

/**
 * Refuses, to be tried again, what would be told of these people before something that happened to them earlier without
 * their rows being written, as that they joined or left a team. They are held.
 */
export const toldInOrder = (accountId: string, people: readonly string[]): RawBuilder<unknown> =>
  sql`SELECT told_in_order(${accountId}::uuid, ${[...people]}::uuid[])`;
