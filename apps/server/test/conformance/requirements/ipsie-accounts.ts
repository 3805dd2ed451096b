import { type EnterpriseDemand, testsIn } from './enterprise-demand.ts';

const conformance = (file: string) => `apps/server/test/conformance/${file}.ts`;
const accessTokens = 'apps/server/test/oauth/access-tokens.test.ts';
const strictProfile = 'packages/core/src/api/strict-profile/strict-profile.api.test.ts';
const assignableRoles = 'packages/core/src/api/roles/assignable-roles.api.test.ts';

/** IPSIE AL1 to AL3: accounts by SCIM. */
export const ipsieAccounts: readonly EnterpriseDemand[] = [
  {
    level: 'AL1',
    demands:
      'SCIM takes OAuth 2.0 access tokens: client credentials, the client proven by a signed assertion',
    met: '`private_key_jwt` with the keys of the client or its `jwks_uri`, each assertion once. Bearer tokens that an admin makes are taken too, for providers that can do nothing else',
    shownBy: testsIn(
      accessTokens,
      'a client has a SCIM token for an hour by an assertion signed with %s',
      'an assertion that can not be trusted gives nothing, and the log says why',
    ),
  },
  {
    level: 'AL1',
    demands: 'The authorization server is discovered (RFC 8414)',
    met: '`/.well-known/oauth-authorization-server`',
    shownBy: testsIn(accessTokens, 'metadata says where tokens are and how a client proves who it is'),
  },
  {
    level: 'AL1',
    demands: 'No client secret in a request; the scope is `scim` and no broader one; tokens expire',
    met: '`client_secret` and Basic are refused, another scope is `invalid_scope`, a token lasts an hour or until the keys of its client change',
    shownBy: testsIn(
      accessTokens,
      'what is no such request is refused in the words of the standard',
      'access tokens end with the keys that they were given for, and with the client',
    ),
  },
  {
    level: 'AL1',
    demands: 'People are deactivated by PATCH of `active`, and reactivated',
    met: 'also by PUT, and by the texts "True" and "False"',
    shownBy: [
      ...testsIn(
        'apps/server/test/transcripts/okta/08-deactivate-and-activate.json',
        'Catalogue apps change `active` alone, without a path',
      ),
      ...testsIn(
        'packages/core/src/authorization/authorization.test.ts',
        'ends sessions and API tokens, those made by tokens too; coming back does not bring them back',
      ),
    ],
  },
  {
    level: 'AL1',
    demands: 'After a DELETE the same `userName` can be created',
    met: 'the same person comes back, without what they had',
    shownBy: testsIn(
      conformance('users'),
      'RFC 7644 §3.6 DELETE: who was deleted is gone, and comes back as the same under the same name',
    ),
  },
  {
    level: 'AL1',
    demands: 'Deactivation ends every access of the person within five minutes',
    met: 'sessions, personal tokens, tokens that those made, and open WebSockets end within a second in every process; there are no refresh tokens',
    shownBy: [
      ...testsIn(
        'packages/core/src/authorization/authorization.test.ts',
        'ends sessions and API tokens, those made by tokens too; coming back does not bring them back',
      ),
      ...testsIn(
        'apps/server/test/live.test.ts',
        'is closed when the identity provider deactivates the person',
      ),
      ...testsIn(
        'packages/core/src/holds/credentials.races.test.ts',
        'no session begins of who signs in while %s',
        'whoever issues a token while they are %s leaves none',
      ),
    ],
  },
  {
    level: 'AL1',
    demands: 'Users have `userName`, `displayName` and `active`; users and groups have `externalId`',
    met: 'the whole schema of RFC 7643; `externalId` is of the connection',
    shownBy: [
      ...testsIn(
        conformance('users'),
        'RFC 7644 §3.3 POST: a user is created with every attribute, and read as given',
      ),
      ...testsIn(
        conformance('characteristics'),
        'RFC 7643 §3.1 externalId: is of the client, whose account is its scope, and keeps its case',
      ),
      ...testsIn(conformance('groups'), 'RFC 7643 §4.2 groups: are created, read, put and deleted'),
    ],
  },
  {
    level: 'AL1',
    demands: 'No password and no other credential in a schema',
    met: 'with the strict profile `password` is refused, and in no schema that the connection reads; without it a connection takes passwords only where that is switched on',
    shownBy: [
      ...testsIn(
        strictProfile,
        'to sign in with, to change, to prove who they are by, or by their identity provider',
      ),
      ...testsIn(
        'apps/server/test/passwords.test.ts',
        'a connection with the strict profile is told of no password',
        'whether the connection takes passwords is published to it',
      ),
    ],
  },
  {
    level: 'AL1',
    demands: 'A method of paging, best cursors, and at most 1,000 resources a page',
    met: 'by index and by cursor (RFC 9865), at most 500 a page',
    shownBy: [
      ...testsIn(
        conformance('paging'),
        'RFC 7644 §3.4.2.4 paging: pages of %s together are the whole, in the same order every time',
      ),
      ...testsIn(
        conformance('cursors'),
        'RFC 9865 §2 nextCursor: is there on every page but the last',
        'RFC 9865 §2.1 errors: a count beyond the published maximum is refused with invalidCount, or cut to it',
      ),
    ],
  },
  {
    level: 'AL1',
    demands:
      'Users are found by `userName eq`, `externalId eq`, `emails[value eq]` and `emails[type eq "work" and value eq]`; groups by `displayName eq` and `externalId eq`',
    met: 'the whole grammar of filters',
    shownBy: testsIn(
      conformance('filters'),
      'RFC 7644 §3.4.2.2 filters: %s',
      'RFC 7644 §3.4.2.2 filters: find in the database whom the reference finds in memory, whatever the filter',
      'RFC 7644 §3.4.2.2 filters: of groups find by name, externalId and member',
    ),
  },
  {
    level: 'AL1',
    demands:
      '`/ServiceProviderConfig`, `/ResourceTypes` and `/Schemas` list what is implemented and nothing else',
    met: 'from the same definitions by which requests are read, with the custom attributes of the account',
    shownBy: testsIn(
      conformance('discovery'),
      'RFC 7644 §4 discovery: /ResourceTypes tells them all, with where they are',
      'RFC 7644 §4 discovery: /Schemas tells them all, each by its URN too',
      'RFC 7644 §4 discovery: /ServiceProviderConfig says what is done',
    ),
  },
  {
    level: 'AL1',
    demands: 'Too many requests are 429 with `Retry-After`',
    met: 'per token and per address',
    shownBy: testsIn(
      'apps/server/test/rate-limits.test.ts',
      'gets 429 in the words of SCIM, with whole seconds to wait, and slows no other',
    ),
  },
  {
    level: 'AL1',
    demands: 'TLS 1.2 or newer',
    met: 'with an `https` `PUBLIC_URL` browsers are told to stay there',
    notMet: 'the server speaks HTTP: TLS and its version are those of the proxy before it',
    shownBy: testsIn(
      'apps/server/test/security-headers.test.ts',
      'behind https, browsers are told to stay there',
    ),
  },
  {
    level: 'AL1',
    demands: 'Errors tell nothing of the inside',
    met: 'what is no refusal by a rule is masked',
    shownBy: testsIn(
      'packages/scim/src/http/error-mapping.test.ts',
      'UNAVAILABLE tells nothing of the inside',
      '%s is left to be masked',
    ),
  },
  {
    level: 'AL1',
    demands: 'Every change is logged for audit',
    met: 'by an event that is written in the transaction of the change, with who did it and what was before',
    shownBy: testsIn(
      'packages/core/src/api/users/users.api.test.ts',
      'changes only what differs, and tells it',
    ),
  },
  {
    level: 'AL2',
    demands: 'People are there before they sign in',
    met: 'whom SCIM created signs in by a link to their external id or verified address',
    shownBy: testsIn(
      'apps/server/test/single-sign-on/sign-in.test.ts',
      'a person whom SCIM provisioned signs in, and what the provider says of it is kept',
    ),
  },
  {
    level: 'AL2',
    demands: 'Nobody but the identity service changes people, groups and attributes that it manages',
    met: 'with the strict profile: refused with `MANAGED_BY_CONNECTION`, which names the field, the connection and the way out; the admin has a lock at each such field, and offers nothing that would be refused',
    shownBy: [
      ...testsIn(
        strictProfile,
        'in batches too, of which the rest is done',
        'and is marked with the connection',
        'while its own identity provider goes on, and others and their teams are as they were',
      ),
      ...testsIn(
        'apps/admin/test/acts.test.ts',
        'what a strict connection manages has a lock on each field, and what it would refuse says so',
        'a team that something else keeps says what does, and is not edited',
      ),
    ],
  },
  {
    level: 'AL2',
    demands: 'Groups are created with and without members, best with a unique `displayName`',
    met: 'the name of a group is unique in the account, whatever its case',
    shownBy: testsIn(
      conformance('groups'),
      'RFC 7643 §4.2 groups: are created, read, put and deleted',
      'RFC 7643 §4.2 groups: have a name once, in whatever case, and keep what they are when a rename is refused',
    ),
  },
  {
    level: 'AL2',
    demands: 'A PATCH of a group has at least 50 operations on members',
    met: 'at most 2,000, each with any number of members',
    shownBy: testsIn(
      conformance('groups'),
      'RFC 7644 §3.5.2 PATCH: of a group takes fifty operations on its members',
    ),
  },
  {
    level: 'AL2',
    demands: '`attributes` and `excludedAttributes`',
    met: 'in every request; members that are not asked for are not read',
    shownBy: testsIn(
      conformance('projection'),
      'RFC 7644 §3.9 attributes: what is excluded is left out, but for what is always shown',
      'RFC 7644 §3.9 attributes: %s are not read from the database',
    ),
  },
  {
    level: 'AL2',
    demands: 'Groups are mapped to roles and what those allow',
    met: 'pushed groups by SCIM, and groups that come with a sign-in',
    shownBy: [
      ...testsIn(
        'packages/core/src/api/roles/role-mappings.api.test.ts',
        'gives its members the role at once, and the answer says why and until when',
      ),
      ...testsIn(
        'packages/core/src/api/roles/sso-role-mappings.api.test.ts',
        'a sign-in adds the roles of its groups to the session that it begins, and says why for good',
      ),
    ],
  },
  {
    level: 'AL3',
    demands: 'Roles and what they allow are published to the identity service',
    met: '`/Roles` and `/Entitlements` as in the draft, and by the URN that Okta reads',
    shownBy: testsIn(
      conformance('published'),
      'Roles draft §3.1 RolesAndEntitlements: says what is published and kept',
      'Roles draft §3.2 Role: tells what names it, and whether the client may give it',
      'Roles draft §3.4 discovery: what Okta asks, in its order, leads to what can be given',
    ),
  },
  {
    level: 'AL3',
    demands: 'The roles that the identity service gives to people are taken (`User.roles`)',
    met: 'those that an admin lets the connection assign; others are kept, and shown as said in vain',
    shownBy: testsIn(
      assignableRoles,
      'nobody takes a role by another word, nor in a batch',
      'Entra ID puts the whole role into the value, as JSON; what only looks so is a name',
      'what is said in vain is shown, with the role that there is',
    ),
  },
  {
    level: 'AL3',
    demands: 'Of each role it is known where it came from',
    met: 'each reason names the connection, the group or who granted it, and the log tells it',
    shownBy: testsIn(assignableRoles, 'each reason says what was said and by whom, and the log tells it'),
  },
];
