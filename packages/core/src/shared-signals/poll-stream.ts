import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { committedWork } from '../database/work.ts';
import { FetchRefused } from '../guarded-fetch/fetch-refused.ts';
import type { GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import { SealBroken, type Sealer } from '../sealing/sealer.ts';
import { TokenRefused } from '../signed-tokens/signed-token.ts';
import { findUsedConnection, type UsedConnection } from '../single-sign-on/find-used-connection.ts';
import { tellRefused } from '../single-sign-on/tell-refused.ts';
import { newId } from '../text/uuid.ts';
import { acceptSecurityEvent } from './accept-security-event.ts';
import { type DueStream, noteFailedPoll, notePolled } from './due-streams.ts';
import { findUsedStream } from './find-signal-streams.ts';
import { securityEventError } from './security-event-error.ts';
import type { Transmitters } from './transmitters.ts';

export interface PollScope {
  readonly database: Database;
  readonly fetch: GuardedFetch;
  readonly transmitters: Transmitters;
  readonly sealer: Sealer;
  readonly log: Logger;
}

/** Few enough that their answer is within what the guarded fetch reads. */
const MAX_EVENTS = 50;
/** Other streams wait for this one; the rest of a long queue is for the next turn. */
const MAX_ROUNDS = 20;

/** Why a transmitter could not be asked. */
class PollFailed extends Error {}

/** What a transmitter is told of the events that it gave (RFC 8936 §2.2). */
interface Answered {
  readonly ack: string[];
  readonly setErrs: Record<string, { readonly err: string; readonly description: string }>;
}

/** Fetches what a transmitter has, and tells it what was taken; answers the account whose log may have grown. */
export async function pollStream(scope: PollScope, due: DueStream): Promise<string> {
  const { database, log } = scope;
  const { account_id: accountId } = due;
  const connection = await findUsedConnection(database.sql, due.sign_in_connection_id);
  if (connection === undefined) return accountId;
  try {
    await rounds(scope, due, connection);
    await notePolled(database.sql, due);
  } catch (error) {
    const isTheirs = error instanceof PollFailed || error instanceof FetchRefused;
    const isKnown = isTheirs || error instanceof TokenRefused || error instanceof SealBroken;
    const detail = isKnown ? error.message : 'Something went wrong here; the log of the server has it.';
    if (!isKnown) log.error({ err: error, accountId }, 'Security events could not be fetched.');
    await noteFailedPoll(database.sql, due, detail);
    const place = { connection, requestId: newId(), address: undefined };
    await tellRefused(database.sql, place, { type: 'SIGNAL_REFUSED', reason: 'NOT_FETCHED', detail });
  }
  return accountId;
}

async function rounds(scope: PollScope, due: DueStream, connection: UsedConnection): Promise<void> {
  const credential = await scope.sealer.open(due.poll_credential, 'poll-credential');
  let answered: Answered = { ack: [], setErrs: {} };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const sets = await ask(scope.fetch, { address: due.poll_url, credential }, answered);
    if (sets.length === 0) return;
    answered = { ack: [], setErrs: {} };
    for (const [id, text] of sets) await take(scope, connection, { id, text }, answered);
  }
  // Nothing is asked for, so nothing more comes; what was taken is told.
  await ask(scope.fetch, { address: due.poll_url, credential }, answered, 0);
}

/** @throws PollFailed, FetchRefused */
async function ask(
  fetch: GuardedFetch,
  { address, credential }: { readonly address: string; readonly credential: string },
  { ack, setErrs }: Answered,
  maxEvents = MAX_EVENTS,
): Promise<[id: string, text: string][]> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${credential}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({
      maxEvents,
      returnImmediately: true,
      ...(ack.length > 0 && { ack }),
      ...(Object.keys(setErrs).length > 0 && { setErrs }),
    }),
  });
  if (answer.status === 204 || answer.status === 202) return [];
  const said: unknown = answer.status === 200 ? await answer.json().catch(() => undefined) : undefined;
  const sets = typeof said === 'object' && said !== null && 'sets' in said ? said.sets : undefined;
  if (typeof sets !== 'object' || sets === null)
    throw new PollFailed(
      `${address} answers with no security events (status ${answer.status}). Check the address and the credential.`,
    );
  return Object.entries(sets)
    .slice(0, MAX_EVENTS)
    .filter((each): each is [string, string] => typeof each[1] === 'string');
}

/** Takes one event. What can not be checked just now is left with the transmitter. @throws TokenRefused */
async function take(
  { database, transmitters }: PollScope,
  connection: UsedConnection,
  { id, text }: { readonly id: string; readonly text: string },
  { ack, setErrs }: Answered,
): Promise<void> {
  const stream = await findUsedStream(database.sql, connection.id);
  if (stream === undefined) return;
  const place = { connection, requestId: newId(), address: undefined };
  const scope = { ...place, db: database.sql, work: committedWork(database), transmitters };
  try {
    await acceptSecurityEvent(scope, { connection, stream }, text);
    ack.push(id);
  } catch (error) {
    if (!(error instanceof TokenRefused) || error.fault === 'KEYS') throw error;
    setErrs[id] = { err: securityEventError(error.fault), description: error.message };
    const { fault: reason, message: detail } = error;
    await tellRefused(database.sql, place, { type: 'SIGNAL_REFUSED', reason, detail });
  }
}
