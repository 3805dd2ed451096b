import { sql } from 'kysely';
import { newSecret } from '../authorization/secret.ts';
import type { SignedInViewer } from '../authorization/viewer.ts';
import type { Work } from '../database/work.ts';
import { invalidInput } from '../errors/domain-error.ts';
import { changesBetween } from '../events/changes-between.ts';
import type { GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship } from '../model/event.ts';
import type { SignInConnection } from '../model/sign-in-connection.entity.ts';
import type { SignalDelivery } from '../model/signal-stream.entity.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { sealerOf } from '../sealing/sealer-of.ts';
import { assertMayLetAnybodyIn } from '../sign-in-connections/may-let-anybody-in.ts';
import { checkAddress, checkIssuer, checkRequired } from '../sign-in-connections/sign-in-connection-rules.ts';
import { orNone } from '../text/text-rules.ts';
import { changeHeldStream, heldStream, tellStream } from './held-stream.ts';

/** On this channel processes hear that there are streams to fetch from. */
export const SIGNALS_CHANNEL = 'rollcall_signals';

export interface SignalStreamScope {
  readonly work: Work;
  readonly authorship: Authorship;
  readonly viewer: SignedInViewer;
  readonly fetch: GuardedFetch;
  readonly sealer: Sealer | undefined;
}

export interface SignalStreamProperties {
  readonly signInConnectionId: string;
  readonly issuer: string;
  readonly audience: string;
  readonly delivery: SignalDelivery;
  readonly pollUrl?: string | null;
  readonly pollCredential?: string | null;
}

/** A stream's connection and, this once, the token that the transmitter is to send, where it has a new one. */
export interface StreamWithSecret {
  readonly connection: SignInConnection;
  readonly secret: string | null;
}

/**
 * Sets up the stream of a sign-in connection, or changes it: a transmitter that pushes keeps its token, and one from which is
 * fetched at the same address its credential.
 *
 * @throws DomainError NOT_FOUND, INVALID_INPUT, FORBIDDEN
 */
export async function setSignalStream(
  { work, authorship, viewer, fetch, sealer }: SignalStreamScope,
  input: SignalStreamProperties,
): Promise<StreamWithSecret> {
  const checked = checkStream(input, fetch);
  const { credential, ...shown } = checked;
  const sealed = credential === null ? null : await sealerOf(sealer).seal(credential, 'poll-credential');
  return work.transaction(async (scope) => {
    const { accountId } = authorship;
    const held = await hold(scope, accountId, { viewer, signInConnection: input.signInConnectionId });
    const connection = held.signInConnection(input.signInConnectionId);
    assertMayLetAnybodyIn(held);
    const before = await heldStream(scope, connection);
    const kept = before?.poll_url === shown.pollUrl ? before.poll_credential : null;
    if (shown.delivery === 'POLL' && sealed === null && kept === null)
      throw invalidInput(
        'pollCredential',
        'is required for this address: it is the token by which events are fetched there.',
      );
    const isPush = shown.delivery === 'PUSH';
    const made = isPush && before?.digest == null ? newSecret('signals', connection.id) : undefined;
    const row = {
      issuer: shown.issuer,
      audience: shown.audience,
      delivery: shown.delivery,
      poll_url: shown.pollUrl,
      poll_credential: isPush ? null : (sealed ?? kept),
      next_poll_at: isPush ? null : new Date(),
      failed_polls: 0,
      problem: null,
      verified_at: null,
      verification_state: null,
      ...(made && { digest: made.digest, last_four: made.lastFour }),
      ...(!isPush && { digest: null, last_four: null, previous_digest: null, overlap_ends_at: null }),
    };
    if (before === undefined)
      await scope.sql
        .insertInto('signal_streams')
        .values({ ...row, account_id: accountId, sign_in_connection_id: connection.id })
        .execute();
    else await changeHeldStream(scope, connection, row);
    const changes = changesBetween(before === undefined ? {} : shownOf(before), shown);
    // A secret's change tells neither value.
    if (sealed !== null) changes.push({ field: 'pollCredential', before: null, after: null });
    if (changes.length > 0)
      await tellStream(scope, authorship, { type: 'SIGNAL_STREAM_SET', connection, changes });
    if (!isPush) await sql`SELECT pg_notify(${SIGNALS_CHANNEL}, '')`.execute(scope.sql);
    return { connection, secret: made?.secret ?? null };
  });
}

function checkStream(
  { issuer, audience, delivery, pollUrl, pollCredential }: SignalStreamProperties,
  fetch: GuardedFetch,
) {
  if (delivery === 'PUSH')
    for (const [field, value] of Object.entries({ pollUrl, pollCredential }))
      if (orNone(value) != null) throw invalidInput(field, 'goes with the delivery POLL. Leave it out.');
  const credential = orNone(pollCredential) ?? null;
  return {
    issuer: checkIssuer(issuer, fetch),
    audience: checkRequired(audience, 'audience'),
    delivery,
    pollUrl: delivery === 'POLL' ? checkAddress(pollUrl, 'pollUrl', fetch) : null,
    credential: credential === null ? null : checkHeaderText(credential),
  };
}

/** It is sent in a header, which has no line ends. */
function checkHeaderText(credential: string): string {
  if (!/^[\x21-\x7e]{1,4096}$/.test(credential))
    throw invalidInput(
      'pollCredential',
      'is not a token: it has 1 to 4,096 letters, digits and signs of ASCII, without spaces.',
    );
  return credential;
}

const shownOf = (row: {
  readonly issuer: string;
  readonly audience: string;
  readonly delivery: string;
  readonly poll_url: string | null;
}) => ({ issuer: row.issuer, audience: row.audience, delivery: row.delivery, pollUrl: row.poll_url });
