import { assertHasAll, type PermissionUse } from '../authorization/effective-permissions.ts';
import { providerPermissions } from '../authorization/password-sync.ts';
import type { SignedInViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import type { Held } from '../holds/held.ts';
import type { Token } from '../model/token.entity.ts';

/** Throws FORBIDDEN unless whoever asks may do all that a token does; `held` holds its connection too. */
export async function assertMayDoAllOf(
  db: Sql,
  held: Held,
  { permissions, connectionId }: Pick<Token, 'permissions' | 'connectionId'>,
  use: PermissionUse,
): Promise<void> {
  const theirs = connectionId == null ? [] : await providerPermissions(db, held.connection(connectionId));
  assertHasAll(held.own, [...permissions, ...theirs], use);
}

/** Is it the token that asks, or one that acts for the person who is signed in? */
export const isOwn = ({ id, userId }: Token, viewer: SignedInViewer): boolean =>
  viewer.kind === 'TOKEN' ? viewer.tokenId === id : viewer.kind === 'USER' && viewer.userId === userId;
