import { type RawBuilder, sql } from 'kysely';
import { assertHasAll, effectivePermissions } from '../authorization/effective-permissions.ts';
import { CREDENTIALS_CHANNEL } from '../authorization/end-access.ts';
import { providerPermissions, setsPasswords } from '../authorization/password-sync.ts';
import { assertMeets, type SignedInViewer } from '../authorization/viewer.ts';
import type { Work } from '../database/work.ts';
import { invalidInput } from '../errors/domain-error.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import { Connection, type GroupPatchAnswer, type IdentityProviderName } from '../model/connection.entity.ts';
import type { Authorship } from '../model/event.ts';
import { holdAllGroups, makeGroupRoles } from '../roles/group-roles.statements.ts';
import { anAdminGetsIn } from '../strict-profile/way-in.ts';
import { checkName } from '../text/text-rules.ts';
import { isUuid, newId } from '../text/uuid.ts';

export interface ConnectionProperties {
  name?: string | null;
  provider?: IdentityProviderName | null;
  passwordSync?: boolean | null;
  groupPatchAnswer?: GroupPatchAnswer | null;
  strict?: boolean | null;
  groupsAsRoles?: boolean | null;
  paused?: boolean | null;
}

/** Creates a connection with an identity provider. Throws ALREADY_EXISTS for a name that is taken. */
export function createConnection(
  work: Work,
  authorship: Authorship,
  input: ConnectionProperties,
): Promise<Connection> {
  const name = checkName(input.name, 'name');
  return work.transaction(async ({ em, sql: db }) => {
    const connection = em.create(Connection, {
      accountId: authorship.accountId,
      id: newId(),
      name,
      provider: input.provider ?? 'GENERIC',
      passwordSync: input.passwordSync ?? null,
      groupPatchAnswer: input.groupPatchAnswer ?? 'NO_CONTENT',
      strict: false,
      groupsAsRoles: false,
      paused: false,
      lastSeenAt: null,
      createdAt: new Date(),
    });
    await em.flush();
    await recordEvent(authorship, { type: 'CONNECTION_CREATED', subject: subjectOf(connection) }).execute(db);
    return connection;
  });
}

/**
 * Changes a connection. Its tokens can do more as soon as it sets passwords, so whoever switches that on needs what they
 * can do then. Whoever pauses it takes from them all that they can do, and who resumes it gives it. Whoever has its groups as roles takes default ones from everybody who is in one, and needs what those allow.
 * Throws NOT_FOUND, ALREADY_EXISTS, FORBIDDEN.
 */
export function updateConnection(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  {
    id,
    name,
    provider,
    passwordSync,
    groupPatchAnswer,
    strict,
    groupsAsRoles,
    paused,
  }: ConnectionProperties & { id: string },
): Promise<Connection> {
  const { accountId } = authorship;
  return work.transaction(async (scope) => {
    if (groupsAsRoles === true && isUuid(id)) await holdAllGroups(scope.sql, accountId, viewer, id);
    const admins = strict === true;
    const held = await hold(scope, accountId, { viewer, connections: [id], admins });
    const connection = held.connection(id);
    const before = shownOf(connection);
    if (name !== undefined) connection.name = checkName(name, 'name');
    if (provider != null) connection.provider = provider;
    if (passwordSync !== undefined) connection.passwordSync = passwordSync;
    if (groupPatchAnswer != null) connection.groupPatchAnswer = groupPatchAnswer;
    if (strict != null && strict !== connection.strict) {
      assertMeets({ ...viewer, permissions: held.own }, 'sign-in:write');
      connection.strict = strict;
    }
    if (groupsAsRoles != null) connection.groupsAsRoles = groupsAsRoles;
    if (paused != null) connection.paused = paused;
    const after = shownOf(connection);
    const changes = Object.entries(before)
      .map(([field, value]) => ({ field, before: value, after: after[field as keyof typeof after] }))
      .filter((change) => change.before !== change.after);
    await scope.em.flush();
    if (changes.length === 0) return connection;
    if (after.strict && !before.strict && !(await anAdminGetsIn(scope.sql, accountId)))
      throw invalidInput(
        'strict',
        'would leave no admin who can sign in: who is managed has no password here. Have an admin sign in at the identity provider first, or keep one whom no connection manages.',
      );
    const subject = subjectOf(connection);
    await recordEvent(authorship, { type: 'CONNECTION_UPDATED', subject, changes }).execute(scope.sql);
    if (after.groupsAsRoles && !before.groupsAsRoles) {
      const byDefault = await effectivePermissions(scope.sql, accountId, null);
      const act = 'have groups as roles, which take the place of default ones';
      assertHasAll(held.own, ['roles:write', ...byDefault], { field: 'groupsAsRoles', act });
      await makeGroupRoles(scope.sql, authorship, connection.id);
    }
    const moves = before.paused !== after.paused;
    if (before.passwordSync === after.passwordSync && !moves) return connection;
    if (moves) {
      const act = after.paused ? 'pause an identity provider' : 'have an identity provider go on';
      assertHasAll(held.own, await providerPermissions(scope.sql, connection), { field: 'paused', act });
    }
    if (after.passwordSync && !before.passwordSync) {
      const act = 'have an identity provider set passwords';
      assertHasAll(held.own, await providerPermissions(scope.sql, connection), {
        field: 'passwordSync',
        act,
      });
    }
    await tellTokensOf(connection).execute(scope.sql);
    return connection;
  });
}

const shownOf = (connection: Connection) => ({
  name: connection.name,
  provider: connection.provider,
  passwordSync: setsPasswords(connection),
  strict: connection.strict,
  groupPatchAnswer: connection.groupPatchAnswer,
  groupsAsRoles: connection.groupsAsRoles,
  paused: connection.paused,
});

/** Has every process look up again what the tokens of the connection can do. */
const tellTokensOf = ({ accountId, id }: Connection): RawBuilder<unknown> =>
  sql`SELECT pg_notify(${CREDENTIALS_CHANNEL}, t.id::text) FROM tokens t
    WHERE t.account_id = ${accountId}::uuid AND t.connection_id = ${id}::uuid AND t.revoked_at IS NULL`;

const subjectOf = ({ id, name }: Connection) => ({ type: 'CONNECTION', id, label: name }) as const;
