import { DomainError, invalidInput } from '../errors/domain-error.ts';
import type { Actor } from '../model/event.ts';
import type { PermissionId, Requirement } from './permissions.ts';

/** Who asks, and what they may do. */
export type Viewer = Anonymous | Operator | TokenViewer | UserViewer;

interface Anonymous {
  readonly kind: 'ANONYMOUS';
  /** Why the credential that came, if any, was not taken. */
  readonly reason: string;
}

/** Whoever runs the platform: acts in any account that the request names. */
export interface Operator {
  readonly kind: 'OPERATOR';
  readonly accountId: string | null;
  readonly actor: Actor;
  readonly permissions: ReadonlySet<PermissionId>;
}

export interface TokenViewer {
  readonly kind: 'TOKEN';
  readonly accountId: string;
  readonly actor: Actor;
  readonly permissions: ReadonlySet<PermissionId>;
  readonly tokenId: string;
  /** The connection whose identity provider holds this token, for SCIM tokens. */
  readonly connectionId: string | null;
  /** The name of that connection while it is paused: by then the token is known, and may do nothing. */
  readonly pausedConnection: string | null;
  /** May that identity provider set passwords? */
  readonly setsPasswords: boolean;
  /** The person whom an API token acts for, if any. */
  readonly userId: string | null;
  /** When the secret ends by itself. */
  readonly endsAt: Date | null;
}

export interface UserViewer {
  readonly kind: 'USER';
  readonly accountId: string;
  readonly actor: Actor;
  readonly permissions: ReadonlySet<PermissionId>;
  readonly userId: string;
  readonly sessionId: string;
  readonly endsAt: Date;
}

export type SignedInViewer = Operator | TokenViewer | UserViewer;

/** The person who asks in a session of their own; no token does what concerns them alone. @throws DomainError UNAUTHENTICATED, INVALID_INPUT */
export function personalSession(viewer: Viewer): UserViewer {
  const known = signedIn(viewer);
  if (known.kind === 'USER') return known;
  throw invalidInput('authorization', 'is no session. What people prove who they are by is theirs alone.');
}

/** The viewer; or UNAUTHENTICATED with the reason, or CONNECTION_PAUSED. */
export function signedIn(viewer: Viewer): SignedInViewer {
  if (viewer.kind === 'ANONYMOUS') throw new DomainError('UNAUTHENTICATED', viewer.reason);
  if (viewer.kind === 'TOKEN' && viewer.pausedConnection !== null) throw isPaused(viewer.pausedConnection);
  return viewer;
}

/** Soon enough that a provider which waits so long hardly notices when it goes on. */
const ASK_AGAIN_SECONDS = 300;

const isPaused = (connection: string): DomainError =>
  new DomainError(
    'CONNECTION_PAUSED',
    `The connection "${connection}" is paused. Nothing was read or changed; try again later, or have an admin resume it.`,
    { connection, retryAfter: ASK_AGAIN_SECONDS },
  );

/** The person who asks, by a session or by a token of theirs; null for machines and operators. */
export function personOf(viewer: Viewer): string | null {
  return viewer.kind === 'USER' || viewer.kind === 'TOKEN' ? viewer.userId : null;
}

/** The session or token by which they ask; null for operators, and for whoever has none. */
export function credentialOf(viewer: Viewer): string | null {
  if (viewer.kind === 'USER') return viewer.sessionId;
  return viewer.kind === 'TOKEN' ? viewer.tokenId : null;
}

/** Throws UNAUTHENTICATED, CONNECTION_PAUSED or FORBIDDEN unless the viewer meets the requirement. */
export function assertMeets(viewer: Viewer, requirement: Requirement): void {
  if (requirement === 'anyone') return;
  const { permissions } = signedIn(viewer);
  if (requirement === 'signed-in' || permissions.has(requirement)) return;
  throw new DomainError('FORBIDDEN', `This credential lacks the permission ${requirement}.`, {
    permission: requirement,
  });
}

/** The account the viewer acts in; INVALID_INPUT when an operator named none. */
export function accountOf(viewer: Viewer): string {
  const { accountId } = signedIn(viewer);
  if (accountId !== null) return accountId;
  throw new DomainError(
    'INVALID_INPUT',
    'rollcall-account: an operator acts in the account that this request header names. Send it.',
    { field: 'rollcall-account' },
  );
}

/** The connection of a SCIM token, null for everyone else. */
export function connectionOf(viewer: Viewer): string | null {
  return viewer.kind === 'TOKEN' ? viewer.connectionId : null;
}
