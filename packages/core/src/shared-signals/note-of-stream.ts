import type { Updateable } from 'kysely';
import type { TransactionScope } from '../database/work.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import type { Tables } from '../model/entities.ts';
import type { PropertyChange } from '../model/event.ts';
import type { UsedConnection } from '../single-sign-on/find-used-connection.ts';
import { signInAuthorship } from '../single-sign-on/sign-in-authorship.ts';
import type { SignalStreamRecord } from './find-signal-streams.ts';
import type { AccessSignal, Signal } from './signal.ts';

/** Of which stream a transmitter speaks, and in which request. */
export interface StreamNote {
  readonly connection: UsedConnection;
  readonly stream: SignalStreamRecord;
  readonly requestId: string;
}

/** Keeps what the transmitter says of the stream itself. It passes the gate, so it is the first thing of its transaction. */
export async function noteOfStream(
  scope: TransactionScope,
  note: StreamNote,
  signal: Exclude<Signal, AccessSignal>,
): Promise<readonly string[]> {
  if (signal.kind === 'IGNORED') return [];
  const { connection, stream } = note;
  await hold(scope, connection.account_id, { usedSignInConnection: connection.id });
  if (signal.kind === 'VERIFICATION') {
    await write(scope, connection, { verified_at: new Date(), verification_state: signal.state });
    // A transmitter may verify a stream every minute.
    if (stream.verified_at === null)
      await tell(scope, note, 'SIGNAL_STREAM_VERIFIED', {
        field: 'state',
        before: null,
        after: signal.state,
      });
    return [];
  }
  const problem = problemOf(signal);
  await write(scope, connection, { problem });
  const change = { field: 'problem', before: stream.problem, after: problem };
  if (change.before !== problem) await tell(scope, note, 'SIGNAL_STREAM_UPDATED', change);
  return [];
}

async function write(
  { sql: db }: TransactionScope,
  { account_id, id }: UsedConnection,
  row: Updateable<Tables['signal_streams']>,
): Promise<void> {
  await db
    .updateTable('signal_streams')
    .set(row)
    .where('account_id', '=', account_id)
    .where('sign_in_connection_id', '=', id)
    .execute();
}

async function tell(
  { sql: db }: TransactionScope,
  { connection: { account_id, id, name }, requestId }: StreamNote,
  type: 'SIGNAL_STREAM_VERIFIED' | 'SIGNAL_STREAM_UPDATED',
  change: PropertyChange,
): Promise<void> {
  const subject = { type: 'SIGN_IN_CONNECTION', id, label: name } as const;
  await recordEvent(signInAuthorship(account_id, requestId), { type, subject, changes: [change] }).execute(
    db,
  );
}

const problemOf = ({ status, reason }: Extract<Signal, { kind: 'STREAM_UPDATED' }>): string | null =>
  status === 'enabled'
    ? null
    : `The transmitter says that the stream is ${status}: ${reason ?? 'it does not say why'}.`;
