import { parseSecret, sameDigest } from '../authorization/secret.ts';
import { DomainError } from '../errors/domain-error.ts';
import { TokenRefused } from '../signed-tokens/signed-token.ts';
import { findUsedConnection } from '../single-sign-on/find-used-connection.ts';
import { tellRefused } from '../single-sign-on/tell-refused.ts';
import { acceptSecurityEvent, type SignalScope } from './accept-security-event.ts';
import { findUsedStream } from './find-signal-streams.ts';

/** A security event that a transmitter pushes. */
export interface DeliveredEvent {
  readonly signInConnectionId: string;
  /** What the transmitter is known by. */
  readonly token: string;
  readonly securityEvent: string;
}

export interface AcceptedEvent {
  readonly accountId: string;
  /** The sessions and tokens that ended. */
  readonly endedIds: readonly string[];
}

/** Takes a security event from its transmitter (RFC 8935). @throws DomainError TOKEN_REFUSED */
export async function deliverSecurityEvent(
  scope: SignalScope,
  { signInConnectionId, token, securityEvent }: DeliveredEvent,
): Promise<AcceptedEvent> {
  const connection = await findUsedConnection(scope.db, signInConnectionId);
  const stream = connection && (await findUsedStream(scope.db, connection.id));
  if (connection === undefined || stream === undefined)
    throw refusalOf(
      new TokenRefused('AUTHENTICATION', 'There is no stream of security events at this address.'),
    );
  try {
    if (!isRight(token, stream))
      throw new TokenRefused('AUTHENTICATION', 'The token of the transmitter is not the one of this stream.');
    const endedIds = await acceptSecurityEvent(scope, { connection, stream }, securityEvent);
    return { accountId: connection.account_id, endedIds };
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    const { fault: reason, message: detail } = error;
    await tellRefused(scope.db, { ...scope, connection }, { type: 'SIGNAL_REFUSED', reason, detail });
    throw refusalOf(error);
  }
}

type UsedStream = NonNullable<Awaited<ReturnType<typeof findUsedStream>>>;

/** The token, or the one of before while the two overlap. */
function isRight(token: string, { digest, previous_digest, overlap_ends_at }: UsedStream): boolean {
  const given = parseSecret(token);
  if (given?.kind !== 'signals' || digest === null) return false;
  if (sameDigest(digest, given.digest)) return true;
  const overlaps = overlap_ends_at !== null && overlap_ends_at.getTime() > Date.now();
  return overlaps && previous_digest !== null && sameDigest(previous_digest, given.digest);
}

const refusalOf = ({ fault, message }: TokenRefused): DomainError =>
  new DomainError('TOKEN_REFUSED', `securityEvent: it is not taken. ${message}`, {
    field: fault === 'AUTHENTICATION' ? 'token' : 'securityEvent',
    reason: fault,
  });
