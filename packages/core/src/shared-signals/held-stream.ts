import type { Updateable } from 'kysely';
import type { TransactionScope } from '../database/work.ts';
import { recordEvent } from '../events/record-events.ts';
import type { Tables } from '../model/entities.ts';
import type { Authorship, PropertyChange } from '../model/event.ts';
import type { SignInConnection } from '../model/sign-in-connection.entity.ts';

type StreamRow = Updateable<Tables['signal_streams']>;

/** The stream of a sign-in connection that is held to be changed, and so is the stream. */
export const heldStream = ({ sql: db }: TransactionScope, { accountId, id }: SignInConnection) =>
  db
    .selectFrom('signal_streams')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('sign_in_connection_id', '=', id)
    .executeTakeFirst();

export async function changeHeldStream(
  { sql: db }: TransactionScope,
  { accountId, id }: SignInConnection,
  row: StreamRow,
): Promise<void> {
  await db
    .updateTable('signal_streams')
    .set(row)
    .where('account_id', '=', accountId)
    .where('sign_in_connection_id', '=', id)
    .execute();
}

interface ToldStream {
  readonly type: 'SIGNAL_STREAM_SET' | 'SIGNAL_STREAM_DELETED';
  readonly connection: SignInConnection;
  readonly changes: readonly PropertyChange[];
}

export async function tellStream(
  { sql: db }: TransactionScope,
  authorship: Authorship,
  { type, connection: { id, name }, changes }: ToldStream,
): Promise<void> {
  const subject = { type: 'SIGN_IN_CONNECTION', id, label: name } as const;
  await recordEvent(authorship, { type, subject, changes }).execute(db);
}
