import { EventEmitter } from 'node:events';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Notifications } from '../database/notifications.ts';
import { CREDENTIALS_CHANNEL } from '../sign-in/end-access.ts';
import { type ParsedSecret, parseSecret, sameDigest } from '../tokens/secret.ts';
import { findSessionViewer, findTokenViewer, type KnownCredential } from './find-credential.ts';
import { isPermission, type PermissionId, permissionIds } from './permissions.ts';
import type { Viewer } from './viewer.ts';

/** Finds out who sends a credential. */
export interface Credentials {
  /** The viewer of a request: by its `Authorization` header, in the account that it names. */
  authenticate(request: CredentialRequest): Promise<Viewer>;
  /** Calls back when the viewer's credential stops being valid, whichever process ended it. */
  onEnded(viewer: Viewer, ended: () => void): () => void;
  /** Forgets what is known of a credential, at once in this process. */
  forget(id: string): void;
  close(): void;
}

export interface CredentialRequest {
  readonly authorization?: string | undefined;
  readonly accountId?: string | undefined;
}

export interface CredentialOptions {
  /** Digest of the operator's token; there is no operator without. */
  readonly operatorSecret?: string | undefined;
}

/** At most so often is a token's last use written. */
const LAST_USED_EVERY_MS = 60_000;
const MAX_KNOWN = 10_000;

/**
 * Knows credentials that were looked up once, for as long as PostgreSQL would tell at once that they ended; while
 * the line for such notices is down, each request looks its credential up.
 */
export function openCredentials(
  { sql: db }: Database,
  notifications: Notifications,
  { operatorSecret }: CredentialOptions,
): Credentials {
  const operator = operatorSecret === undefined ? undefined : parseSecret(operatorSecret);
  const known = new Map<string, KnownCredential>();
  const usedAt = new Map<string, number>();
  const endings = new EventEmitter().setMaxListeners(0);
  const forget = (id: string) => {
    known.delete(id);
    endings.emit(id);
  };
  const stopHearing = [
    notifications.on(CREDENTIALS_CHANNEL, forget),
    notifications.onReconnect(() => {
      known.clear();
    }),
  ];

  async function find(secret: ParsedSecret): Promise<KnownCredential | undefined> {
    const remembered = notifications.connected ? known.get(secret.id) : undefined;
    if (remembered !== undefined) return remembered;
    const found =
      secret.kind === 'session'
        ? await findSessionViewer(db, secret.id)
        : await findTokenViewer(db, secret.id);
    if (found === undefined || !notifications.connected) return found;
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(secret.id, found);
    return found;
  }

  async function viewerOf(secret: ParsedSecret, accountId: string | undefined): Promise<Viewer> {
    const found = await find(secret);
    if (found === undefined || !matches(found, secret)) return anonymous(unknownCredential);
    if (found.expiresAt !== null && found.expiresAt.getTime() <= Date.now())
      return anonymous(expiredCredential);
    if (accountId !== undefined && accountId.toLowerCase() !== found.viewer.accountId)
      return anonymous(otherAccount);
    if (found.viewer.kind === 'TOKEN') noteUse(found.viewer.tokenId);
    return found.viewer;
  }

  function noteUse(tokenId: string): void {
    const now = Date.now();
    if (now - (usedAt.get(tokenId) ?? 0) < LAST_USED_EVERY_MS) return;
    usedAt.set(tokenId, now);
    void lastUsed(tokenId)
      .execute(db)
      .catch(() => usedAt.delete(tokenId));
  }

  async function operatorViewer(accountId: string | undefined): Promise<Viewer> {
    const actor = { kind: 'OPERATOR', id: null, name: 'Operator' } as const;
    const known = accountId === undefined || (await accountExists(accountId).execute(db)).rows.length > 0;
    if (!known) return anonymous(otherAccount);
    return {
      kind: 'OPERATOR',
      accountId: accountId?.toLowerCase() ?? null,
      actor,
      permissions: allPermissions,
    };
  }

  return {
    async authenticate({ authorization, accountId }) {
      if (authorization === undefined) return anonymous(noCredential);
      const [, text = ''] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
      const secret = parseSecret(text);
      if (secret === undefined) return anonymous(malformedCredential);
      if (secret.kind !== 'operator') return viewerOf(secret, accountId);
      const right = operator !== undefined && sameDigest(operator.digest, secret.digest);
      return right ? operatorViewer(accountId) : anonymous(unknownCredential);
    },
    onEnded(viewer, ended) {
      const id =
        viewer.kind === 'TOKEN' ? viewer.tokenId : viewer.kind === 'USER' ? viewer.sessionId : undefined;
      if (id === undefined) return () => undefined;
      endings.on(id, ended);
      return () => void endings.off(id, ended);
    },
    forget,
    close() {
      for (const stop of stopHearing) stop();
    },
  };
}

function matches({ digest, previousDigest, overlapEndsAt }: KnownCredential, secret: ParsedSecret): boolean {
  if (sameDigest(digest, secret.digest)) return true;
  const overlaps = overlapEndsAt !== null && overlapEndsAt.getTime() > Date.now();
  return overlaps && previousDigest !== null && sameDigest(previousDigest, secret.digest);
}

const allPermissions: ReadonlySet<PermissionId> = new Set(permissionIds.filter(isPermission));

const anonymous = (reason: string): Viewer => ({ kind: 'ANONYMOUS', reason });

const noCredential = 'This needs a credential: send the header `Authorization: Bearer <token>`, or sign in.';
const malformedCredential =
  'The Authorization header carries no token of this platform. Send `Authorization: Bearer rc_…` with the whole token.';
const unknownCredential = 'The token or session is not known, or it was revoked. Issue a new one.';
const expiredCredential = 'The token or session has expired. Issue a new one, or rotate it.';
const otherAccount =
  'The token does not belong to the account that was named. Use the URL and the token of one account.';

const lastUsed = (tokenId: string): RawBuilder<unknown> => sql`
  WITH used AS (UPDATE tokens SET last_used_at = now() WHERE id = ${tokenId}::uuid RETURNING account_id, connection_id)
  UPDATE connections c SET last_seen_at = now() FROM used u WHERE c.account_id = u.account_id AND c.id = u.connection_id`;

const accountExists = (id: string): RawBuilder<unknown> =>
  sql`SELECT FROM accounts WHERE id::text = ${id.toLowerCase()}`;
