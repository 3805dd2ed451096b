import { sql } from 'kysely';
import { CREDENTIALS_CHANNEL } from '../authorization/end-access.ts';
import { scimPermissions } from '../authorization/permissions.ts';
import type { SignedInViewer } from '../authorization/viewer.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { notFound } from '../errors/domain-error.ts';
import { changesBetween } from '../events/changes-between.ts';
import { recordEvent } from '../events/record-events.ts';
import type { GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import type { Held } from '../holds/held.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship, PropertyChange } from '../model/event.ts';
import { checkName } from '../text/text-rules.ts';
import { newId } from '../text/uuid.ts';
import { assertMayDoAllOf } from '../tokens/token-powers.ts';
import { checkKeys, type GivenKeys } from './client-keys.ts';
import type { OAuthClientRecord } from './find-oauth-clients.ts';
import { glanceAtClient, heldClient } from './held-client.ts';

export interface ClientScope {
  readonly work: Work;
  readonly authorship: Authorship;
  readonly viewer: SignedInViewer;
  readonly fetch: GuardedFetch;
}

export interface NewOAuthClient extends GivenKeys {
  readonly connectionId: string;
  readonly name: string;
}

/**
 * Lets a program have SCIM tokens of a connection by proving that it has a key. Whoever does needs what such a token allows.
 *
 * @throws DomainError INVALID_INPUT, NOT_FOUND, FORBIDDEN
 */
export async function createOAuthClient(
  { work, authorship, viewer, fetch }: ClientScope,
  { connectionId, name: given, ...keys }: NewOAuthClient,
): Promise<OAuthClientRecord> {
  const { accountId } = authorship;
  const name = checkName(given, 'name');
  const { jwks, jwksUri } = await checkKeys(keys, fetch);
  return work.transaction(async (scope) => {
    const held = await hold(scope, accountId, { viewer, connections: [connectionId] });
    const connection = held.connection(connectionId, 'connectionId');
    await assertMayStandFor(scope, held, { connectionId: connection.id, field: 'connectionId' });
    const client = await scope.sql
      .insertInto('oauth_clients')
      .values({
        account_id: accountId,
        id: newId(),
        connection_id: connection.id,
        name,
        jwks,
        jwks_uri: jwksUri,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const changes = changesBetween({}, { name, jwksUri, keys: keyNames(jwks) });
    await tell(scope, authorship, { type: 'OAUTH_CLIENT_CREATED', client, changes });
    return client;
  });
}

/**
 * Gives a client other keys. The access tokens that it has end: they were given for the keys of before.
 *
 * @throws DomainError INVALID_INPUT, NOT_FOUND, FORBIDDEN
 */
export async function rotateOAuthClientKeys(
  { work, authorship, viewer, fetch }: ClientScope,
  { id, ...keys }: GivenKeys & { readonly id: string },
): Promise<OAuthClientRecord> {
  const { jwks, jwksUri } = await checkKeys(keys, fetch);
  return changing({ work, authorship, viewer }, id, async (scope, before) => {
    const client = await scope.sql
      .updateTable('oauth_clients')
      .set({ jwks, jwks_uri: jwksUri })
      .where('account_id', '=', before.account_id)
      .where('id', '=', before.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await endTokensOf(scope, before);
    const changes = changesBetween(
      { jwksUri: before.jwks_uri, keys: keyNames(before.jwks) },
      { jwksUri, keys: keyNames(jwks) },
    );
    await tell(scope, authorship, { type: 'OAUTH_CLIENT_KEYS_ROTATED', client, changes });
    return client;
  });
}

/** Ends a client and the access tokens that it has. @throws DomainError NOT_FOUND, FORBIDDEN */
export const deleteOAuthClient = (
  scope: Omit<ClientScope, 'fetch'>,
  id: string,
): Promise<OAuthClientRecord> =>
  changing(scope, id, async (transaction, client) => {
    await endTokensOf(transaction, client);
    await transaction.sql
      .deleteFrom('oauth_clients')
      .where('account_id', '=', client.account_id)
      .where('id', '=', client.id)
      .execute();
    await tell(transaction, scope.authorship, { type: 'OAUTH_CLIENT_DELETED', client, changes: [] });
    return client;
  });

/** Changes a client while its connection is held, and so is the client. */
async function changing(
  { work, authorship, viewer }: Omit<ClientScope, 'fetch'>,
  id: string,
  change: (scope: TransactionScope, client: OAuthClientRecord) => Promise<OAuthClientRecord>,
): Promise<OAuthClientRecord> {
  const { accountId } = authorship;
  return work.transaction(async (scope) => {
    // Of which connection a client is never changes.
    const found = await glanceAtClient(scope.sql, id);
    const seen = found?.account_id === accountId ? found : undefined;
    const held = await hold(scope, accountId, {
      viewer,
      connections: seen === undefined ? [] : [seen.connection_id],
    });
    const client = seen && (await heldClient(scope, seen));
    if (client === undefined) throw notFound('OAuth client', id);
    await assertMayStandFor(scope, held, { connectionId: client.connection_id, field: 'id' });
    return change(scope, client);
  });
}

/** Whoever has the keys of a client can do what a token of the connection can. */
const assertMayStandFor = (
  { sql: db }: TransactionScope,
  held: Held,
  { connectionId, field }: { readonly connectionId: string; readonly field: string },
) =>
  assertMayDoAllOf(
    db,
    held,
    { permissions: [...scimPermissions], connectionId },
    { field, act: 'decide who has its tokens' },
  );

async function endTokensOf(
  { sql: db }: TransactionScope,
  { account_id, id }: OAuthClientRecord,
): Promise<void> {
  await sql`WITH ended AS (
      DELETE FROM tokens WHERE account_id = ${account_id}::uuid AND client_id = ${id}::uuid RETURNING id)
    SELECT pg_notify(${CREDENTIALS_CHANNEL}, id::text) FROM ended`.execute(db);
}

/** By what the keys are told apart in the log. */
const keyNames = (jwks: string | null): string[] =>
  jwks === null
    ? []
    : (JSON.parse(jwks).keys as { kid?: string }[]).map(({ kid }) => kid ?? 'a key without kid');

interface ToldClient {
  readonly type: 'OAUTH_CLIENT_CREATED' | 'OAUTH_CLIENT_KEYS_ROTATED' | 'OAUTH_CLIENT_DELETED';
  readonly client: OAuthClientRecord;
  readonly changes: readonly PropertyChange[];
}

async function tell(
  { sql: db }: TransactionScope,
  authorship: Authorship,
  { type, client: { id, name }, changes }: ToldClient,
): Promise<void> {
  const subject = { type: 'OAUTH_CLIENT', id, label: name } as const;
  await recordEvent(authorship, { type, subject, changes }).execute(db);
}
