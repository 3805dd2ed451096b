import type { UserViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import { SealBroken, type Sealer } from '../sealing/sealer.ts';
import { sealerOf } from '../sealing/sealer-of.ts';
import type { SignInProviders } from './begin-single-sign-on.ts';
import { findUsedConnection } from './find-used-connection.ts';
import { SignInRefused } from './refusals.ts';

/** A session that goes on at its provider when it ends here. */
export interface SessionAtProvider {
  readonly signInConnectionId: string;
  /** Sealed. */
  readonly sealedHint: string | null;
}

/** The session at the provider of whoever is about to sign out, where their sign-in connection has it ended too. */
export async function findSessionAtProvider(
  db: Sql,
  { accountId, sessionId }: UserViewer,
): Promise<SessionAtProvider | undefined> {
  const found = await db
    .selectFrom('provider_sessions as p')
    .innerJoin('sign_in_connections as c', (join) =>
      join.onRef('c.account_id', '=', 'p.account_id').onRef('c.id', '=', 'p.sign_in_connection_id'),
    )
    .select(['c.id', 'p.sign_out_hint'])
    .where('p.account_id', '=', accountId)
    .where('p.session_id', '=', sessionId)
    .where('c.enabled', '=', true)
    .where('c.sign_out_at_provider', '=', true)
    // Of another issuer it is somebody else's session.
    .whereRef('c.issuer', '=', 'p.issuer')
    .executeTakeFirst();
  return found && { signInConnectionId: found.id, sealedHint: found.sign_out_hint };
}

/**
 * Where the browser goes to be signed out at the provider; undefined where that is not offered, or can not be asked just now:
 * nobody stays signed in here because of it.
 */
export async function signOutUrlOf(
  {
    db,
    providers,
    sealer,
  }: { readonly db: Sql; readonly providers: SignInProviders; readonly sealer: Sealer | undefined },
  { signInConnectionId, sealedHint }: SessionAtProvider,
): Promise<string | undefined> {
  const connection = await findUsedConnection(db, signInConnectionId);
  if (connection === undefined) return undefined;
  try {
    const hint = sealedHint === null ? null : await opened(sealer, sealedHint);
    return await providers[connection.protocol].signOutUrl?.(connection, hint);
  } catch (error) {
    if (error instanceof SignInRefused) return undefined;
    throw error;
  }
}

/** Without its key there is no hint, and the provider asks whom it is to sign out. */
async function opened(sealer: Sealer | undefined, sealedHint: string): Promise<string | null> {
  try {
    return await sealerOf(sealer).open(sealedHint, 'sign-out-hint');
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}
