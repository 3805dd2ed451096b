import { newSecret } from '../authorization/secret.ts';
import { invalidInput, notFound } from '../errors/domain-error.ts';
import { hold } from '../holds/hold.ts';
import type { SignInConnection } from '../model/sign-in-connection.entity.ts';
import { assertMayLetAnybodyIn } from '../sign-in-connections/may-let-anybody-in.ts';
import { checkOverlap, overlapEnd } from '../tokens/overlap.ts';
import { changeHeldStream, heldStream, tellStream } from './held-stream.ts';
import type { SignalStreamScope, StreamWithSecret } from './set-signal-stream.ts';

type ChangeScope = Pick<SignalStreamScope, 'work' | 'authorship' | 'viewer'>;

/**
 * Gives the transmitter of a stream that pushes a new token; the old one lives on for `overlapSeconds`.
 *
 * @throws DomainError NOT_FOUND, INVALID_INPUT, FORBIDDEN
 */
export function rotateSignalToken(
  { work, authorship, viewer }: ChangeScope,
  {
    signInConnectionId,
    overlapSeconds,
  }: { readonly signInConnectionId: string; readonly overlapSeconds: number },
): Promise<StreamWithSecret> {
  checkOverlap(overlapSeconds);
  return work.transaction(async (scope) => {
    const held = await hold(scope, authorship.accountId, { viewer, signInConnection: signInConnectionId });
    const connection = held.signInConnection(signInConnectionId);
    assertMayLetAnybodyIn(held);
    const before = await heldStream(scope, connection);
    if (before === undefined) throw noStream(connection);
    if (before.delivery !== 'PUSH')
      throw invalidInput(
        'signInConnectionId',
        'has a stream that is fetched. Set its pollCredential instead.',
      );
    const { secret, digest, lastFour } = newSecret('signals', connection.id);
    const ends = overlapEnd(overlapSeconds);
    await changeHeldStream(scope, connection, {
      digest,
      last_four: lastFour,
      previous_digest: ends === null ? null : before.digest,
      overlap_ends_at: ends,
    });
    const changes = [{ field: 'token', before: null, after: null }];
    await tellStream(scope, authorship, { type: 'SIGNAL_STREAM_SET', connection, changes });
    return { connection, secret };
  });
}

/** Ends a stream: what its transmitter sends is refused from now on. @throws DomainError NOT_FOUND, FORBIDDEN */
export function deleteSignalStream(
  { work, authorship, viewer }: ChangeScope,
  signInConnectionId: string,
): Promise<SignInConnection> {
  return work.transaction(async (scope) => {
    const held = await hold(scope, authorship.accountId, { viewer, signInConnection: signInConnectionId });
    const connection = held.signInConnection(signInConnectionId);
    assertMayLetAnybodyIn(held);
    const { numDeletedRows } = await scope.sql
      .deleteFrom('signal_streams')
      .where('account_id', '=', connection.accountId)
      .where('sign_in_connection_id', '=', connection.id)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw noStream(connection);
    await tellStream(scope, authorship, { type: 'SIGNAL_STREAM_DELETED', connection, changes: [] });
    return connection;
  });
}

const noStream = ({ id }: SignInConnection) =>
  notFound('signal stream of a sign-in connection', id, 'signInConnectionId');
