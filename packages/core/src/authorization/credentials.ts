import { type RawBuilder, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { openAnnouncedCache } from '../database/announced-cache.ts';
import type { Database } from '../database/database.ts';
import type { Notifications } from '../database/notifications.ts';
import { ACCOUNT_CREDENTIALS_CHANNEL, CREDENTIALS_CHANNEL } from './end-access.ts';
import { findSessionViewer, findTokenViewer, type KnownCredential } from './find-credential.ts';
import { followViewer } from './follow-viewer.ts';
import { isPermission, type PermissionId, permissionIds } from './permissions.ts';
import { type ParsedSecret, parseSecret, sameDigest } from './secret.ts';
import type { Viewer } from './viewer.ts';
import { openWatchedCredentials } from './watched-credentials.ts';

/** Finds out who sends a credential. */
export interface Credentials {
  /** The viewer of a request: by its `Authorization` header, in the account that it names. */
  authenticate(request: CredentialRequest): Promise<Viewer>;
  /**
   * Calls back with whom a credential stands for at first, and whenever what it allows may have changed, whichever process
   * did it; with nobody once it has ended.
   */
  follow(request: CredentialRequest, viewer: Viewer, changed: (viewer: Viewer) => void): () => void;
  /** The digest of the secret that a request was authenticated by; undefined when it has none of ours. */
  digestOf(request: CredentialRequest): string | undefined;
  /** Forgets what is known of a credential, at once in this process. */
  forget(id: string): void;
  /** Resolves when all counts that was ended or changed before the call, whichever process did it. */
  catchUp(): Promise<void>;
  close(): void;
}

/** The headers of a request that say who sends it. */
export interface CredentialRequest {
  readonly authorization?: string | undefined;
  readonly 'rollcall-account'?: string | undefined;
  readonly 'client-address'?: string | undefined;
}

export interface CredentialOptions {
  /** Digest of the operator's token; there is no operator without. */
  readonly operatorSecret?: string | undefined;
}

/** At most so often is the last use of a token or a session written. */
const LAST_USED_EVERY_MS = 60_000;
/** Of how many of them the last use is remembered. */
const MAX_USED = 10_000;

/** Knows credentials that were looked up once, so that hot requests authenticate without a statement. */
export function openCredentials(
  { sql: db }: Database,
  notifications: Notifications,
  { operatorSecret }: CredentialOptions,
): Credentials {
  const operator = operatorSecret === undefined ? undefined : parseSecret(operatorSecret);
  const cache = openAnnouncedCache<KnownCredential | undefined>({
    notifications,
    channel: CREDENTIALS_CHANNEL,
    many: { channel: ACCOUNT_CREDENTIALS_CHANNEL, of: ({ viewer }) => viewer.accountId },
  });
  const watched = openWatchedCredentials(db, notifications);
  const usedAt = new LRUCache<string, number>({ max: MAX_USED });
  /** A request is asked for its secret once, however often it is authenticated. */
  const secrets = new WeakMap<CredentialRequest, ParsedSecret>();

  const find = ({ kind, id }: ParsedSecret): Promise<KnownCredential | undefined> =>
    cache.get(id, () => (kind === 'session' ? findSessionViewer(db, id) : findTokenViewer(db, id)));

  async function viewerOf(
    secret: ParsedSecret,
    { 'rollcall-account': accountId, 'client-address': address }: CredentialRequest,
  ): Promise<Viewer> {
    const found = await find(secret);
    const viewer = found === undefined ? undefined : viewerBy(found, secret);
    if (viewer === undefined) return anonymous(unknownCredential);
    if (viewer.endsAt !== null && viewer.endsAt.getTime() <= Date.now()) return anonymous(expiredCredential);
    if (accountId !== undefined && accountId.toLowerCase() !== viewer.accountId)
      return anonymous(otherAccount);
    if (viewer.kind === 'TOKEN') noteUse(viewer.tokenId, lastUsed(viewer.tokenId));
    else noteUse(viewer.sessionId, sessionUsed(viewer.sessionId, address));
    return viewer;
  }

  function noteUse(id: string, statement: RawBuilder<unknown>): void {
    const now = Date.now();
    if (now - (usedAt.get(id) ?? 0) < LAST_USED_EVERY_MS) return;
    usedAt.set(id, now);
    void statement.execute(db).catch(() => usedAt.delete(id));
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

  async function authenticate(request: CredentialRequest): Promise<Viewer> {
    const { authorization, 'rollcall-account': accountId } = request;
    if (authorization === undefined) return anonymous(noCredential);
    const secret = secrets.get(request) ?? readSecret(authorization);
    if (secret === undefined) return anonymous(malformedCredential);
    secrets.set(request, secret);
    if (secret.kind !== 'operator') return viewerOf(secret, request);
    const right = operator !== undefined && sameDigest(operator.digest, secret.digest);
    return right ? operatorViewer(accountId) : anonymous(unknownCredential);
  }

  return {
    authenticate,
    follow(request, viewer, changed) {
      // Of nobody, and of the operator, nothing can change.
      if (viewer.kind !== 'TOKEN' && viewer.kind !== 'USER') return () => undefined;
      const source = { watch: watched.watch, authenticate: () => authenticate(request) };
      return followViewer(source, viewer, changed);
    },
    digestOf: (request) => secrets.get(request)?.digest,
    forget(id) {
      cache.forget(id);
      watched.change(id);
    },
    async catchUp() {
      if (!(await notifications.caughtUp())) cache.forgetAll();
    },
    close() {
      cache.close();
      watched.close();
    },
  };
}

/** The secret in an Authorization header, if it is one of ours. */
function readSecret(authorization: string): ParsedSecret | undefined {
  const [, text = ''] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
  return parseSecret(text);
}

/** Whom the secret stands for; the secret of before a rotation ends with the overlap. */
function viewerBy(
  { viewer, digest, previousDigest, overlapEndsAt }: KnownCredential,
  secret: ParsedSecret,
): KnownCredential['viewer'] | undefined {
  if (sameDigest(digest, secret.digest)) return viewer;
  if (previousDigest === null || overlapEndsAt === null || overlapEndsAt.getTime() <= Date.now())
    return undefined;
  if (!sameDigest(previousDigest, secret.digest)) return undefined;
  const endsFirst = viewer.endsAt === null || overlapEndsAt < viewer.endsAt;
  return endsFirst ? { ...viewer, endsAt: overlapEndsAt } : viewer;
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

const sessionUsed = (sessionId: string, address: string | undefined): RawBuilder<unknown> =>
  sql`UPDATE sessions SET last_used_at = now(), address = coalesce(${address ?? null}, address) WHERE id = ${sessionId}::uuid`;

const accountExists = (id: string): RawBuilder<unknown> =>
  sql`SELECT FROM accounts WHERE id::text = ${id.toLowerCase()}`;
