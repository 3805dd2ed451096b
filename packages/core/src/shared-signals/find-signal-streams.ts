import { anyOfIds, inOrderOf, type Read } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';

const columns = [
  'account_id',
  'sign_in_connection_id',
  'issuer',
  'audience',
  'delivery',
  'last_four',
  'overlap_ends_at',
  'poll_url',
  'created_at',
  'last_received_at',
  'verified_at',
  'verification_state',
  'problem',
] as const;

/** A stream as read, without its secrets. */
export type SignalStreamRecord = Read<'signal_streams', (typeof columns)[number]>;

/** The streams of these sign-in connections, undefined where there is none; one statement. */
export async function findSignalStreams(
  db: Sql,
  accountId: string,
  signInConnectionIds: readonly string[],
): Promise<(SignalStreamRecord | undefined)[]> {
  const found = await db
    .selectFrom('signal_streams')
    .select(columns)
    .where('account_id', '=', accountId)
    .where('sign_in_connection_id', '=', anyOfIds(signInConnectionIds))
    .execute();
  return inOrderOf(signInConnectionIds, found, (row) => row.sign_in_connection_id);
}

/** The stream of a sign-in connection, with the digests of its token, whosoever account's it is: its credential says so. */
export const findUsedStream = (db: Sql, signInConnectionId: string) =>
  db
    .selectFrom('signal_streams')
    .select([...columns, 'digest', 'previous_digest'])
    .where('sign_in_connection_id', '=', signInConnectionId)
    .executeTakeFirst();
