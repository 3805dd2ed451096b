import { sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { rowSetsPasswords } from './password-sync.ts';
import { isPermission, type PermissionId } from './permissions.ts';
import type { TokenViewer, UserViewer } from './viewer.ts';

/** A credential as kept: whose it is, and by what to tell that a request has it. */
export interface KnownCredential {
  readonly viewer: TokenViewer | UserViewer;
  readonly digest: string;
  readonly previousDigest: string | null;
  readonly overlapEndsAt: Date | null;
}

/**
 * A token that is not revoked and whose person, if it acts for one, is active. It allows what it was issued with, as far
 * as that person may do it now.
 */
export async function findTokenViewer(db: Sql, id: string): Promise<KnownCredential | undefined> {
  const row = await db
    .selectFrom('tokens as t')
    .leftJoin('users as u', (join) =>
      join.onRef('u.account_id', '=', 't.account_id').onRef('u.id', '=', 't.user_id'),
    )
    .leftJoin('connections as c', (join) =>
      join.onRef('c.account_id', '=', 't.account_id').onRef('c.id', '=', 't.connection_id'),
    )
    .select([
      't.account_id',
      't.name',
      't.permissions',
      't.connection_id',
      't.user_id',
      't.digest',
      't.previous_digest',
      't.overlap_ends_at',
      't.expires_at',
    ])
    .select((t) => [
      sql<boolean>`coalesce(${rowSetsPasswords}, false)`.as('sets_passwords'),
      sql<string | null>`CASE WHEN c.paused THEN c.name END`.as('paused_connection'),
      // What the person may do for whom it acts; NULL when it acts for nobody.
      t
        .case()
        .when('t.user_id', 'is not', null)
        .then(t.fn<string[]>('effective_permissions', ['t.account_id', 't.user_id']))
        .end()
        .as('personal'),
    ])
    .where('t.id', '=', id)
    .where('t.revoked_at', 'is', null)
    .where((t) => t.or([t('t.user_id', 'is', null), t('u.status', '=', 'ACTIVE')]))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    viewer: {
      kind: 'TOKEN',
      accountId: row.account_id,
      actor: { kind: 'TOKEN', id, name: row.name },
      permissions: permissionSet(row.permissions.filter((each) => row.personal?.includes(each) ?? true)),
      tokenId: id,
      connectionId: row.connection_id,
      pausedConnection: row.paused_connection,
      setsPasswords: row.sets_passwords,
      userId: row.user_id,
      endsAt: row.expires_at,
    },
    digest: row.digest,
    previousDigest: row.previous_digest,
    overlapEndsAt: row.overlap_ends_at,
  };
}

/** A session of an active person, with the permissions of their effective roles. */
export async function findSessionViewer(db: Sql, id: string): Promise<KnownCredential | undefined> {
  const row = await db
    .selectFrom('sessions as s')
    .innerJoin('users as u', (join) =>
      join.onRef('u.account_id', '=', 's.account_id').onRef('u.id', '=', 's.user_id'),
    )
    .select(['s.account_id', 's.user_id', 's.digest', 's.expires_at'])
    .select((s) => [
      s.fn.coalesce('u.display_name', 'u.user_name').as('label'),
      s.fn<string[]>('effective_permissions', ['s.account_id', 's.user_id']).as('permissions'),
    ])
    .where('s.id', '=', id)
    .where('u.status', '=', 'ACTIVE')
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    viewer: {
      kind: 'USER',
      accountId: row.account_id,
      actor: { kind: 'USER', id: row.user_id, name: row.label },
      permissions: permissionSet(row.permissions),
      userId: row.user_id,
      sessionId: id,
      endsAt: row.expires_at,
    },
    digest: row.digest,
    previousDigest: null,
    overlapEndsAt: null,
  };
}

const permissionSet = (ids: readonly string[]): ReadonlySet<PermissionId> =>
  new Set(ids.filter(isPermission));
