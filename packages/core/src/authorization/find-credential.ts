import { type RawBuilder, sql } from 'kysely';
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

interface TokenRow {
  readonly account_id: string;
  readonly name: string;
  readonly permissions: string[];
  /** What the person whom it acts for may do; NULL when it acts for nobody. */
  readonly personal: string[] | null;
  readonly connection_id: string | null;
  readonly sets_passwords: boolean;
  readonly user_id: string | null;
  readonly digest: string;
  readonly previous_digest: string | null;
  readonly overlap_ends_at: Date | null;
  readonly expires_at: Date | null;
}

/**
 * A token that is not revoked and whose person, if it acts for one, is active. It allows what it was issued with, as far
 * as that person may do it now.
 */
export async function findTokenViewer(db: Sql, id: string): Promise<KnownCredential | undefined> {
  const statement: RawBuilder<TokenRow> = sql`SELECT t.account_id, t.name, t.permissions, t.connection_id, t.user_id, t.digest,
      t.previous_digest, t.overlap_ends_at, t.expires_at, coalesce(${rowSetsPasswords}, false) AS sets_passwords,
      CASE WHEN t.user_id IS NOT NULL THEN effective_permissions(t.account_id, t.user_id) END AS personal
    FROM tokens t LEFT JOIN users u ON u.account_id = t.account_id AND u.id = t.user_id
    LEFT JOIN connections c ON c.account_id = t.account_id AND c.id = t.connection_id
    WHERE t.id = ${id}::uuid AND t.revoked_at IS NULL AND (t.user_id IS NULL OR u.status = 'ACTIVE')`;
  const [row] = (await statement.execute(db)).rows;
  if (row === undefined) return undefined;
  return {
    viewer: {
      kind: 'TOKEN',
      accountId: row.account_id,
      actor: { kind: 'TOKEN', id, name: row.name },
      permissions: permissionSet(row.permissions.filter((each) => row.personal?.includes(each) ?? true)),
      tokenId: id,
      connectionId: row.connection_id,
      setsPasswords: row.sets_passwords,
      userId: row.user_id,
      endsAt: row.expires_at,
    },
    digest: row.digest,
    previousDigest: row.previous_digest,
    overlapEndsAt: row.overlap_ends_at,
  };
}

interface SessionRow {
  readonly account_id: string;
  readonly user_id: string;
  readonly label: string;
  readonly permissions: string[];
  readonly digest: string;
  readonly expires_at: Date;
}

/** A session of an active person, with the permissions of their effective roles. */
export async function findSessionViewer(db: Sql, id: string): Promise<KnownCredential | undefined> {
  const statement: RawBuilder<SessionRow> = sql`SELECT s.account_id, s.user_id, s.digest, s.expires_at,
      coalesce(u.display_name, u.user_name) AS label, effective_permissions(s.account_id, s.user_id) AS permissions
    FROM sessions s JOIN users u ON u.account_id = s.account_id AND u.id = s.user_id
    WHERE s.id = ${id}::uuid AND u.status = 'ACTIVE'`;
  const [row] = (await statement.execute(db)).rows;
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
