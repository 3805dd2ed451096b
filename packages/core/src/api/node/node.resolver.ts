import { type RawBuilder, sql } from 'kysely';
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { findAccount } from '../../accounts/find-accounts.ts';
import type { PermissionId } from '../../authorization/permissions.ts';
import { accountOf, connectionOf, signedIn } from '../../authorization/viewer.ts';
import { findEmailDomain } from '../../email-domains/find-email-domains.ts';
import type { SubjectTypeName } from '../../model/event.ts';
import { findOAuthClient } from '../../oauth-clients/find-oauth-clients.ts';
import { findRoleMapping } from '../../roles/find-role-mappings.ts';
import { findRole } from '../../roles/find-roles.ts';
import { findRequest } from '../../scim-requests/find-requests.ts';
import { findSignInConnection } from '../../sign-in-connections/find-sign-in-connections.ts';
import { findSsoRoleMapping } from '../../sso-roles/find-sso-mappings.ts';
import { findTeam } from '../../teams/find-teams.ts';
import { isUuid } from '../../text/uuid.ts';
import { findToken } from '../../tokens/find-tokens.ts';
import { findUser } from '../../users/find-users.ts';
import { toAccount } from '../accounts/account.type.ts';
import { connectionById } from '../connections/connection.loaders.ts';
import { toConnection } from '../connections/connection.type.ts';
import { toCustomAttribute } from '../custom-attributes/custom-attribute.type.ts';
import { toEmailDomain } from '../email-domains/email-domain.type.ts';
import { toOAuthClient } from '../oauth-clients/oauth-client.type.ts';
import type { RequestContext } from '../request/request-context.ts';
import { toRole } from '../roles/role.type.ts';
import { toRoleMapping } from '../roles/role-mapping.type.ts';
import { toSsoRoleMapping } from '../roles/sso-role-mapping.type.ts';
import { Node } from '../schema/node.type.ts';
import { Requires } from '../schema/requires.ts';
import { toScimRequest } from '../scim-requests/scim-request.type.ts';
import { toSignInConnection } from '../sign-in-connections/sign-in-connection.type.ts';
import { toTeam } from '../teams/team.type.ts';
import { toToken } from '../tokens/token.type.ts';
import { toUser } from '../users/user.type.ts';

interface Kind {
  readonly requires: PermissionId;
  readonly find: (context: RequestContext, accountId: string, id: string) => Promise<Node | undefined>;
}

/** How a node of each kind is read; who may not read the kind finds nothing. */
const kinds: Record<SubjectTypeName | 'SCIM_REQUEST', Kind> = {
  ACCOUNT: {
    requires: 'account:read',
    find: async ({ db }, _, id) => shown(await findAccount(db, id), toAccount),
  },
  USER: {
    requires: 'users:read',
    find: async ({ db, viewer }, accountId, id) =>
      shown(
        await findUser(db, accountId, id, { connectionId: connectionOf(viewer), withTeams: false }),
        toUser,
      ),
  },
  TEAM: {
    requires: 'teams:read',
    find: async ({ db, viewer }, accountId, id) =>
      shown(await findTeam(db, accountId, id, connectionOf(viewer)), toTeam),
  },
  ROLE: {
    requires: 'roles:read',
    find: async ({ db }, accountId, id) => shown(await findRole(db, accountId, id), toRole),
  },
  ROLE_MAPPING: {
    requires: 'roles:read',
    find: async ({ db }, accountId, id) => shown(await findRoleMapping(db, accountId, id), toRoleMapping),
  },
  SSO_ROLE_MAPPING: {
    requires: 'roles:read',
    find: async ({ db }, accountId, id) =>
      shown(await findSsoRoleMapping(db, accountId, id), toSsoRoleMapping),
  },
  TOKEN: {
    requires: 'tokens:read',
    find: async ({ db }, accountId, id) => shown(await findToken(db, accountId, id), toToken),
  },
  OAUTH_CLIENT: {
    requires: 'tokens:read',
    find: async ({ db }, accountId, id) => shown(await findOAuthClient(db, accountId, id), toOAuthClient),
  },
  CONNECTION: {
    requires: 'connections:read',
    find: async ({ loaders }, _, id) => shown(await loaders.load(connectionById, id), toConnection),
  },
  SIGN_IN_CONNECTION: {
    requires: 'sign-in:read',
    find: async ({ db }, accountId, id) =>
      shown(await findSignInConnection(db, accountId, id), toSignInConnection),
  },
  EMAIL_DOMAIN: {
    requires: 'sign-in:read',
    find: async ({ db }, accountId, id) => shown(await findEmailDomain(db, accountId, id), toEmailDomain),
  },
  SCIM_REQUEST: {
    requires: 'events:read',
    find: async ({ db }, accountId, id) => shown(await findRequest(db, accountId, id), toScimRequest),
  },
  CUSTOM_ATTRIBUTE: {
    requires: 'users:read',
    find: async ({ platform }, accountId, id) => {
      const { all } = await platform.definitions.of(accountId);
      return shown(
        all.find((definition) => definition.id === id),
        toCustomAttribute,
      );
    },
  },
};

const shown = <Row, Shown>(row: Row | undefined, show: (row: Row) => Shown): Shown | undefined =>
  row === undefined ? undefined : show(row);

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: 'Anything of the account by its id; null when there is nothing, or nothing you may see.',
  })
  @Requires('signed-in')
  async node(
    @Arg('id', () => ID, { description: 'The id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Node | null> {
    if (!isUuid(id)) return null;
    const accountId = accountOf(context.viewer);
    const { rows } = await kindOf(accountId, id).execute(context.db);
    const kind = rows[0] && kinds[rows[0].kind];
    if (kind === undefined || !signedIn(context.viewer).permissions.has(kind.requires)) return null;
    return (await kind.find(context, accountId, id.toLowerCase())) ?? null;
  }
}

const kindOf = (accountId: string, id: string): RawBuilder<{ kind: keyof typeof kinds }> => {
  const among = (kind: keyof typeof kinds, table: string) =>
    sql`SELECT ${sql.lit(kind)} AS kind FROM ${sql.table(table)} WHERE account_id = ${accountId}::uuid AND id = ${id}::uuid`;
  return sql`SELECT 'ACCOUNT' AS kind FROM accounts WHERE id = ${id}::uuid AND id = ${accountId}::uuid
    UNION ALL ${among('USER', 'users')} UNION ALL ${among('TEAM', 'teams')} UNION ALL ${among('ROLE', 'roles')}
    UNION ALL ${among('ROLE_MAPPING', 'role_mappings')}
    UNION ALL ${among('SSO_ROLE_MAPPING', 'sso_role_mappings')} UNION ALL ${among('TOKEN', 'tokens')} UNION ALL ${among('CONNECTION', 'connections')}
    UNION ALL ${among('CUSTOM_ATTRIBUTE', 'custom_attributes')}
    UNION ALL ${among('SIGN_IN_CONNECTION', 'sign_in_connections')} UNION ALL ${among('EMAIL_DOMAIN', 'email_domains')}
    UNION ALL ${among('SCIM_REQUEST', 'scim_requests')}`;
};
