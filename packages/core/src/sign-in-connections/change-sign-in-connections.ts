import { sql } from 'kysely';
import type { SignedInViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import { invalidInput } from '../errors/domain-error.ts';
import { changesBetween } from '../events/changes-between.ts';
import { recordEvent } from '../events/record-events.ts';
import type { GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship, PropertyChange } from '../model/event.ts';
import {
  type JitPolicy,
  type LinkRule,
  SignInConnection,
  type SignInPreset,
  type SignInProtocol,
} from '../model/sign-in-connection.entity.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { sealerOf } from '../sealing/sealer-of.ts';
import { endSessionsBegunBy } from '../sessions/end-sessions-begun-by.ts';
import { unmapConnectionStatement } from '../sso-roles/sso-mappings.statements.ts';
import { checkName, checkText, MAX_TEXT_LENGTH, orNone } from '../text/text-rules.ts';
import { isUuid, newId } from '../text/uuid.ts';
import { assertMayLetAnybodyIn } from './may-let-anybody-in.ts';
import { newByOpenId, type OpenIdProperties, sealedSecret } from './openid-settings.ts';
import {
  changedSamlSettings,
  checkEntityId,
  metadataIn,
  newBySaml,
  type SamlProperties,
  shownOfSaml,
  withMetadataRead,
} from './saml-settings.ts';
import { idOfDraft } from './sign-in-connection-draft.ts';
import {
  checkAcrValues,
  checkDomains,
  checkGoesWith,
  checkIssuer,
  checkMaxAge,
  checkRequired,
  checkRules,
  checkScopes,
} from './sign-in-connection-rules.ts';

export interface SignInConnectionProperties extends OpenIdProperties {
  name?: string | null;
  preset?: SignInPreset | null;
  /** What goes with SAML alone. */
  saml?: SamlProperties | null;
  groupsClaim?: string | null;
  fetchesGroups?: boolean | null;
  linkRule?: LinkRule | null;
  connectionId?: string | null;
  jitPolicy?: JitPolicy | null;
  domains?: readonly string[] | null;
  maxAge?: number | null;
  stepUpAcrValues?: readonly string[] | null;
  enabled?: boolean | null;
  signOutAtProvider?: boolean | null;
}

/** What becomes of those who are signed in by it. */
export interface SessionsToo {
  /** Do the sessions end that began by it, but for the one that asks? They do when it is left out. */
  readonly endSessions?: boolean | null;
}

/** The protocol is chosen once. */
export interface NewSignInConnection extends SignInConnectionProperties {
  protocol?: SignInProtocol | null;
  /** Its addresses were registered beforehand by this. */
  draft?: string | null;
}

/** Who changes a sign-in connection, and with what. */
export interface SignInConnectionScope {
  readonly work: Work;
  readonly authorship: Authorship;
  readonly viewer: SignedInViewer;
  readonly fetch: GuardedFetch;
  readonly sealer: Sealer | undefined;
}

/** @throws DomainError INVALID_INPUT, ALREADY_EXISTS, FORBIDDEN */
export async function createSignInConnection(
  { work, authorship, viewer, fetch, sealer }: SignInConnectionScope,
  { draft, ...input }: NewSignInConnection,
): Promise<SignInConnection> {
  const { accountId } = authorship;
  const id = draft == null ? newId() : await idOfDraft(sealerOf(sealer), accountId, draft);
  const protocol = input.protocol ?? 'OIDC';
  const preset = input.preset ?? 'GENERIC';
  checkGoesWith(protocol, input);
  const properties = {
    name: checkName(input.name, 'name'),
    ...(protocol === 'SAML'
      ? await newBySaml(input, { preset, fetch, sealer })
      : await newByOpenId(input, { preset, fetch, sealer })),
    groupsClaim: checkGroupsClaim(input.groupsClaim),
    fetchesGroups: input.fetchesGroups ?? false,
    connectionId: checkConnectionId(input.connectionId),
    maxAge: checkMaxAge(input.maxAge ?? null),
    stepUpAcrValues: checkAcrValues(input.stepUpAcrValues),
  };
  return work.transaction(async (scope) => {
    assertMayLetAnybodyIn(await hold(scope, accountId, { viewer }));
    const connection = scope.em.create(SignInConnection, {
      accountId,
      id,
      protocol,
      preset,
      ...properties,
      linkRule: input.linkRule ?? 'NONE',
      jitPolicy: input.jitPolicy ?? 'OFF',
      domains: checkDomains(input.domains),
      enabled: input.enabled ?? true,
      signOutAtProvider: input.signOutAtProvider ?? false,
      ownCertificateWarnedDays: null,
      createdAt: new Date(),
    });
    checkRules(connection);
    await scope.em.flush();
    const changes = changesBetween({}, shownOf(connection));
    await tell(scope.sql, authorship, { type: 'SIGN_IN_CONNECTION_CREATED', connection, changes });
    return connection;
  });
}

/**
 * Changes a sign-in connection. Of another issuer or client the subjects are others, so what was known of whom they mean is
 * forgotten; by then, and when it is switched off, the sessions end that began by it, unless they are to go on. Another issuer
 * brings its own client secret, so that nobody gets to see the one before.
 *
 * @throws DomainError NOT_FOUND, INVALID_INPUT, ALREADY_EXISTS, FORBIDDEN
 */
export async function updateSignInConnection(
  { work, authorship, viewer, fetch, sealer }: SignInConnectionScope,
  { id, endSessions, ...input }: SignInConnectionProperties & SessionsToo & { id: string },
): Promise<SignInConnection> {
  const secret = input.clientSecret == null ? undefined : await sealedSecret(sealer, input.clientSecret);
  const metadata = await metadataIn(input.saml ?? {}, fetch);
  return work.transaction(async (scope) => {
    const mayEnd = input.enabled === false || namesSubjects(input) || metadata !== undefined;
    const signedInBy = mayEnd && endSessions !== false ? id : undefined;
    const held = await hold(scope, authorship.accountId, { viewer, signInConnection: id, signedInBy });
    const connection = held.signInConnection(id);
    assertMayLetAnybodyIn(held);
    const before = shownOf(connection);
    if (input.name !== undefined) connection.name = checkName(input.name, 'name');
    if (input.preset != null) connection.preset = input.preset;
    checkGoesWith(connection.protocol, input);
    if (connection.saml != null) {
      const saml = changedSamlSettings(connection.saml, input.saml ?? {}, { metadata, fetch });
      const isReadAnew = metadata !== undefined || saml.metadataUrl !== connection.saml.metadataUrl;
      Object.assign(connection, isReadAnew ? withMetadataRead(saml) : { saml });
      connection.issuer = checkEntityId(input.issuer ?? metadata?.issuer ?? connection.issuer);
    } else {
      if (input.issuer !== undefined) {
        const issuer = checkIssuer(input.issuer, fetch);
        if (issuer !== connection.issuer && secret === undefined)
          throw invalidInput(
            'clientSecret',
            'is required with another issuer, which is not shown the secret of the one before. Send the secret that it gave you along.',
          );
        connection.issuer = issuer;
      }
      if (input.clientId !== undefined) connection.clientId = checkRequired(input.clientId, 'clientId');
      if (secret !== undefined) connection.clientSecret = secret;
      if (input.scopes != null) connection.scopes = checkScopes(input.scopes);
    }
    if (input.groupsClaim !== undefined) connection.groupsClaim = checkGroupsClaim(input.groupsClaim);
    if (input.fetchesGroups != null) connection.fetchesGroups = input.fetchesGroups;
    if (input.linkRule != null) connection.linkRule = input.linkRule;
    if (input.connectionId !== undefined) connection.connectionId = checkConnectionId(input.connectionId);
    if (input.jitPolicy != null) connection.jitPolicy = input.jitPolicy;
    if (input.domains !== undefined) connection.domains = checkDomains(input.domains);
    if (input.maxAge !== undefined) connection.maxAge = checkMaxAge(input.maxAge);
    if (input.stepUpAcrValues !== undefined)
      connection.stepUpAcrValues = checkAcrValues(input.stepUpAcrValues);
    if (input.enabled != null) connection.enabled = input.enabled;
    if (input.signOutAtProvider != null) connection.signOutAtProvider = input.signOutAtProvider;
    checkRules(connection);
    await scope.em.flush();
    const after = shownOf(connection);
    const changes = changesBetween(before, after);
    // A secret's change tells neither value.
    if (secret !== undefined) changes.push({ field: 'clientSecret', before: null, after: null });
    if (changes.length === 0) return connection;
    const meansOthers = mayMeanOthers(before, after);
    if (meansOthers) await forgetLinks(scope.sql, connection);
    await tell(scope.sql, authorship, { type: 'SIGN_IN_CONNECTION_UPDATED', connection, changes });
    if (signedInBy !== undefined && (meansOthers || (before.enabled && !after.enabled)))
      await endSessionsBegunBy(scope.sql, authorship, viewer, { signInConnection: connection });
    return connection;
  });
}

/**
 * Deletes a sign-in connection, its links and mappings, and unless they are to go on its sessions. Roles that it added stay.
 * Whoever does keeps people out and takes mappings back, as whoever changes it could.
 *
 * @throws DomainError NOT_FOUND, FORBIDDEN
 */
export function deleteSignInConnection(
  { work, authorship, viewer }: Pick<SignInConnectionScope, 'work' | 'authorship' | 'viewer'>,
  { id, endSessions }: SessionsToo & { readonly id: string },
): Promise<string> {
  return work.transaction(async (scope) => {
    const signedInBy = endSessions === false ? undefined : id;
    const held = await hold(scope, authorship.accountId, { viewer, signInConnection: id, signedInBy });
    const connection = held.signInConnection(id);
    assertMayLetAnybodyIn(held, 'id');
    await unmapConnectionStatement(authorship, connection).execute(scope.sql);
    if (signedInBy !== undefined)
      await endSessionsBegunBy(scope.sql, authorship, viewer, { signInConnection: connection });
    await tell(scope.sql, authorship, { type: 'SIGN_IN_CONNECTION_DELETED', connection, changes: [] });
    scope.em.remove(connection);
    await scope.em.flush();
    return connection.id;
  });
}

function checkGroupsClaim(given: string | null | undefined): string | null {
  const claim = orNone(given) ?? null;
  checkText(claim, 'groupsClaim', MAX_TEXT_LENGTH);
  return claim;
}

function checkConnectionId(given: string | null | undefined): string | null {
  const id = orNone(given) ?? null;
  if (id !== null && !isUuid(id))
    throw invalidInput('connectionId', 'is not the id of a connection of this account. See `connections`.');
  return id;
}

const shownOf = (connection: SignInConnection) => ({
  name: connection.name,
  preset: connection.preset,
  issuer: connection.issuer,
  clientId: connection.clientId ?? null,
  scopes: connection.scopes,
  groupsClaim: connection.groupsClaim ?? null,
  fetchesGroups: connection.fetchesGroups,
  linkRule: connection.linkRule,
  connectionId: connection.connectionId ?? null,
  jitPolicy: connection.jitPolicy,
  domains: connection.domains ?? null,
  maxAge: connection.maxAge ?? null,
  stepUpAcrValues: connection.stepUpAcrValues,
  enabled: connection.enabled,
  signOutAtProvider: connection.signOutAtProvider,
  ...shownOfSaml(connection.saml ?? null),
});

type Shown = ReturnType<typeof shownOf>;

/** Is something given that decides which subjects there are? The issuer may also come with metadata. */
const namesSubjects = ({ issuer, clientId, saml }: SignInConnectionProperties): boolean =>
  [issuer, clientId, saml?.nameIdFormat].some((given) => given != null);

/** Whether a subject may be somebody else from now on. */
const mayMeanOthers = (before: Shown, after: Shown): boolean =>
  before.issuer !== after.issuer ||
  before.clientId !== after.clientId ||
  before.nameIdFormat !== after.nameIdFormat;

const forgetLinks = (db: Sql, { accountId, id }: SignInConnection) =>
  sql`DELETE FROM identity_links WHERE account_id = ${accountId}::uuid AND sign_in_connection_id = ${id}::uuid`.execute(
    db,
  );

interface ToldChange {
  readonly type: 'SIGN_IN_CONNECTION_CREATED' | 'SIGN_IN_CONNECTION_UPDATED' | 'SIGN_IN_CONNECTION_DELETED';
  readonly connection: SignInConnection;
  readonly changes: readonly PropertyChange[];
}

const tell = (db: Sql, authorship: Authorship, { type, connection, changes }: ToldChange) =>
  recordEvent(authorship, {
    type,
    subject: { type: 'SIGN_IN_CONNECTION', id: connection.id, label: connection.name },
    changes,
  }).execute(db);
