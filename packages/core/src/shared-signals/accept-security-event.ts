import { sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { verifySignature } from '../signed-tokens/signed-token.ts';
import type { UsedConnection } from '../single-sign-on/find-used-connection.ts';
import { signInAuthorship } from '../single-sign-on/sign-in-authorship.ts';
import { tellRefused } from '../single-sign-on/tell-refused.ts';
import { useOnce } from '../single-use/use-once.ts';
import { endSignalledAccess } from './end-signalled-access.ts';
import type { SignalStreamRecord } from './find-signal-streams.ts';
import { findSignalledPerson } from './find-signalled-person.ts';
import { noteOfStream } from './note-of-stream.ts';
import { type AccessSignal, readSecurityEvent, type SecurityEvent, signalAlgorithms } from './signal.ts';
import type { Transmitters } from './transmitters.ts';

/** With what security events are taken. */
export interface SignalScope {
  /** Writes at once, whatever becomes of the rest. */
  readonly db: Sql;
  readonly work: Work;
  readonly transmitters: Transmitters;
  readonly requestId: string;
  readonly address: string | undefined;
}

/** By what an event came. */
export interface SignalPlace {
  readonly connection: UsedConnection;
  readonly stream: SignalStreamRecord;
}

/**
 * Takes a security event and does what follows from it, once however often it is sent; answers the ids of the sessions and
 * tokens that ended.
 *
 * @throws TokenRefused
 */
export async function acceptSecurityEvent(
  scope: SignalScope,
  place: SignalPlace,
  text: string,
): Promise<readonly string[]> {
  const event = readSecurityEvent(text, place.stream);
  await verifySignature(text, await scope.transmitters.keysOf(place.stream.issuer), signalAlgorithms);
  const { signal } = event;
  const doing =
    signal.kind === 'SESSION_REVOKED' || signal.kind === 'CREDENTIAL_CHANGE'
      ? await accessEnding(scope, place, signal, event)
      : (transaction: TransactionScope) =>
          noteOfStream(transaction, { ...place, requestId: scope.requestId }, signal);
  try {
    return await scope.work.transaction(async (transaction) => {
      const ended = await doing(transaction);
      const { account_id: accountId, sign_in_connection_id: id, issuer } = place.stream;
      const parts = ['security event', id, issuer, event.id];
      if (!(await useOnce(transaction.sql, { accountId, parts, expiresAt: event.refusedFrom })))
        throw new SentAgain();
      await transaction.sql
        .updateTable('signal_streams')
        .set({ last_received_at: sql<Date>`now()` })
        .where('account_id', '=', accountId)
        .where('sign_in_connection_id', '=', id)
        .execute();
      return ended;
    });
  } catch (error) {
    if (error instanceof SentAgain) return [];
    throw error;
  }
}

/** A transmitter sends again what it has had no answer to; it has its answer, and what was done is undone. */
class SentAgain extends Error {}

type Doing = (transaction: TransactionScope) => Promise<readonly string[]>;

/** Ends the access of the person who is meant. */
async function accessEnding(
  scope: SignalScope,
  { connection }: SignalPlace,
  signal: AccessSignal,
  { happenedAt }: SecurityEvent,
): Promise<Doing> {
  const userId = signal.subject && (await findSignalledPerson(scope.db, connection, signal.subject));
  if (userId === undefined) await tellNobody(scope, connection, signal);
  const { endsSessions, endsTokens } = effectsOf(signal);
  if (userId === undefined || !endsSessions) return nothing;
  const authorship = signInAuthorship(connection.account_id, scope.requestId);
  return (transaction) =>
    endSignalledAccess(transaction, authorship, {
      userId,
      signInConnection: connection,
      cause: signal.kind,
      happenedAt,
      endsTokens,
    });
}

const nothing: Doing = async () => [];

/**
 * What a signal ends. A credential that is added takes nothing from anybody; one that is changed ends sessions, as a changed
 * password does here; one that is taken away was in the wrong hands, and may have made tokens there.
 */
function effectsOf(signal: AccessSignal): { readonly endsSessions: boolean; readonly endsTokens: boolean } {
  if (signal.kind === 'SESSION_REVOKED') return { endsSessions: true, endsTokens: false };
  const isTakenAway = signal.change === 'revoke' || signal.change === 'delete';
  return { endsSessions: isTakenAway || signal.change === 'update', endsTokens: isTakenAway };
}

const tellNobody = (scope: SignalScope, connection: UsedConnection, { kind, subject }: AccessSignal) =>
  tellRefused(
    scope.db,
    { ...scope, connection },
    {
      type: 'SIGNAL_REFUSED',
      reason: 'NOBODY',
      detail:
        subject === undefined
          ? `The subject of ${kind} is in none of the formats email, iss_sub and opaque.`
          : `Nobody is known by the subject of ${kind}: ${JSON.stringify(subject)}`,
    },
  );
