import { sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { createUsers } from '../directory/create-users.ts';
import { firstPermissionBeyond } from '../directory/sign-in-change.ts';
import { recordEvent } from '../events/record-events.ts';
import type { FollowedWork } from '../followers/follower.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship } from '../model/event.ts';
import type { LinkRule, SignInConnection } from '../model/sign-in-connection.entity.ts';
import type { User } from '../model/user.entity.ts';
import { sealerOf } from '../sealing/sealer-of.ts';
import {
  SESSION_MS,
  type SessionOrigin,
  type StartedSession,
  startSession,
} from '../sign-in/start-session.ts';
import { redirectUri } from '../sign-in-connections/urls.ts';
import { stampPeople } from '../users/stamp-people.ts';
import type { SingleSignOnScope } from './begin-single-sign-on.ts';
import {
  findLinkedPerson,
  findMeantPerson,
  findNamesake,
  type MeantPerson,
  provenEmailOf,
} from './find-linked-person.ts';
import { findUsedConnection, type UsedConnection } from './find-used-connection.ts';
import { keptGroups, toldGroups } from './provider-groups.ts';
import { identityOf, type ProviderIdentity } from './provider-identity.ts';
import { refusalOf, SignInRefused, signInAuthorship, tellRefusal } from './refusals.ts';
import { type SignInTransaction, takeTransaction } from './sign-in-transactions.ts';

export interface FinishScope extends SingleSignOnScope {
  readonly work: Work;
  /** Work of its own for creating somebody, which comes before their session. */
  readonly newWork: (accountId: string) => FollowedWork;
}

/** What the browser came back with. */
export interface ProviderAnswer {
  readonly signInConnectionId: string;
  /** The query of the address, as the provider wrote it. */
  readonly query: string;
  readonly browserSecret?: string | null;
}

/** A session, and where the person wanted to go. */
export interface FinishedSingleSignOn extends StartedSession {
  readonly returnPath: string | null;
}

/** Signs in whom the provider says it is. @throws DomainError SIGN_IN_FAILED */
export async function finishSingleSignOn(
  scope: FinishScope,
  answer: ProviderAnswer,
): Promise<FinishedSingleSignOn> {
  const connection = await findUsedConnection(scope.db, answer.signInConnectionId);
  if (connection === undefined) throw refusalOf('CONNECTION');
  let subject: string | undefined;
  try {
    const parameters = new URLSearchParams(answer.query);
    const transaction = await takeBegun(scope, connection, {
      state: parameters.get('state'),
      browserSecret: answer.browserSecret,
    });
    const url = new URL(redirectUri(scope.adminUrl, connection.id));
    url.search = parameters.toString();
    const identity = identityOf(await scope.providers.claimsOf(connection, url, transaction), connection);
    subject = identity.subject;
    const session = await enter(scope, connection, identity);
    return { ...session, returnPath: transaction.returnPath };
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    throw await tellRefusal(scope.db, { ...scope, connection }, { subject, ...error.refused });
  }
}

async function takeBegun(
  { db, sealer }: FinishScope,
  connection: UsedConnection,
  {
    state,
    browserSecret,
  }: { readonly state: string | null; readonly browserSecret: string | null | undefined },
): Promise<SignInTransaction> {
  // Whoever never began one may be anybody, and there is nothing to tell of.
  if (browserSecret == null) throw refusalOf('NOT_BEGUN');
  const taken =
    state === null
      ? undefined
      : await takeTransaction(db, sealerOf(sealer), { connection, state, browserSecret });
  if (taken !== undefined) return taken;
  throw new SignInRefused({
    reason: 'NOT_BEGUN',
    detail: 'No sign-in by this connection is open for this state in this browser.',
  });
}

async function enter(
  scope: FinishScope,
  connection: UsedConnection,
  identity: ProviderIdentity,
): Promise<StartedSession> {
  const { db, work, newWork, requestId, address, userAgent } = scope;
  const meant =
    (await findMeantPerson(db, connection, identity)) ??
    (await createPerson({ db, work: newWork(connection.account_id), requestId }, connection, identity));
  if (meant === undefined)
    throw new SignInRefused({
      reason: 'NOBODY',
      detail: `Nobody is linked to this subject, and the rule ${connection.link_rule} finds nobody.`,
    });
  const origin = { method: 'OIDC', address, userAgent } as const;
  return beginProviderSession(work, { connection, identity, meant, requestId, origin });
}

/** Creates somebody of a proven domain, where the connection does so; the rule of the connection then finds them. */
async function createPerson(
  { db, work, requestId }: { readonly db: Sql; readonly work: FollowedWork; readonly requestId: string },
  connection: UsedConnection,
  identity: ProviderIdentity,
): Promise<MeantPerson | undefined> {
  const email =
    connection.jit_policy === 'DOMAIN' ? await provenEmailOf(db, connection, identity) : undefined;
  if (email === undefined) return undefined;
  // Creating who has left would bring them back, and who folds to the same may be another mailbox: the rule decides.
  if ((await findNamesake(db, connection.account_id, email)) !== undefined)
    return findMeantPerson(db, connection, identity);
  const { displayName, givenName, familyName } = identity.names;
  const [created] = await createUsers(work, signInAuthorship(connection.account_id, requestId), [
    {
      userName: email,
      displayName,
      name: { givenName, familyName },
      emails: [{ value: email, type: 'work', primary: true }],
    },
  ]);
  if (created !== undefined && 'error' in created && created.error.code !== 'ALREADY_EXISTS')
    throw new SignInRefused({
      reason: 'NOBODY',
      detail: `Nobody can be created for this subject: ${created.error.message}`,
    });
  return findMeantPerson(db, connection, identity);
}

interface ProviderSessionRequest {
  readonly connection: UsedConnection;
  readonly identity: ProviderIdentity;
  readonly meant: MeantPerson;
  readonly requestId: string;
  readonly origin: SessionOrigin;
}

function beginProviderSession(
  work: Work,
  { connection, identity, meant, requestId, origin }: ProviderSessionRequest,
): Promise<StartedSession> {
  const { account_id: accountId, id } = connection;
  const { userId } = meant;
  return work.transaction(async (scope) => {
    const held = await hold(scope, accountId, { people: [userId], usedSignInConnection: id });
    const person = held.findPerson(userId);
    if (person?.status !== 'ACTIVE') throw notActive(person);
    const present = held.findSignInConnection(id);
    // Changed while the provider was asked: what it said was checked against what holds no more.
    if (present?.enabled !== true || !isSame(present, connection))
      throw new SignInRefused({
        reason: 'CONNECTION',
        detail: 'The sign-in connection was changed meanwhile.',
        person,
      });
    const expiresAt = endOf(identity, person);
    const authorship = signInAuthorship(accountId, requestId);
    const newlyBy = await meantStill(scope.sql, { connection, identity, person });
    if (newlyBy !== undefined) await link(scope, authorship, { connection, identity, person, rule: newlyBy });
    const started = await startSession(scope, person, {
      requestId,
      expiresAt,
      origin,
      changes: toldOf(connection, identity),
    });
    await keepProviderSession(scope.sql, { connection, identity, sessionId: started.session.id });
    return started;
  });
}

const notActive = (person: User | undefined): SignInRefused =>
  new SignInRefused({ reason: 'NOT_ACTIVE', detail: 'The person is not active.', person });

/** Is everything as it was by which it is decided who somebody is? */
const isSame = (present: SignInConnection, used: UsedConnection): boolean =>
  present.issuer === used.issuer &&
  present.clientId === used.client_id &&
  present.preset === used.preset &&
  present.linkRule === used.link_rule &&
  present.connectionId === used.connection_id &&
  present.jitPolicy === used.jit_policy;

/** By which rule the person is newly meant, decided once more while they are held. @throws SignInRefused */
async function meantStill(
  db: Sql,
  { connection, identity, person }: Omit<NewLink, 'rule'>,
): Promise<LinkRule | undefined> {
  const meant = await findMeantPerson(db, connection, identity);
  if (meant?.userId !== person.id) throw anotherPerson(person);
  if (meant.newlyBy !== 'EXTERNAL_ID') return meant.newlyBy;
  // Any token of the directory's connection writes external ids (docs/decisions/0012-nobody-becomes-more.md).
  const { accountId, id: userId } = person;
  const beyond = await firstPermissionBeyond(db, { accountId, userId, limits: null });
  if (beyond === null) return meant.newlyBy;
  throw new SignInRefused({
    reason: 'NOBODY',
    detail: `The external id links nobody who may do more than the default roles, and this person has ${beyond}.`,
    person,
  });
}

const anotherPerson = (person: User): SignInRefused =>
  new SignInRefused({
    reason: 'NOBODY',
    detail: 'Whom the subject means was changed meanwhile.',
    person,
  });

/** Seven days, or as long as the provider wants it to go on. */
function endOf({ sessionExpiry }: ProviderIdentity, person: User): Date {
  const most = new Date(Date.now() + SESSION_MS);
  if (sessionExpiry === null || sessionExpiry > most) return most;
  if (sessionExpiry > new Date()) return sessionExpiry;
  throw new SignInRefused({
    reason: 'PROVIDER_ANSWER',
    detail: 'session_expiry is over already, so the provider wants no session.',
    person,
  });
}

interface NewLink {
  readonly connection: UsedConnection;
  readonly identity: ProviderIdentity;
  readonly person: User;
  readonly rule: LinkRule;
}

async function link(
  { sql: db }: TransactionScope,
  authorship: Authorship,
  { connection, identity, person, rule }: NewLink,
): Promise<void> {
  const { issuer, subject } = identity;
  const { account_id: accountId, id, name } = connection;
  const { numInsertedOrUpdatedRows: written } = await db
    .insertInto('identity_links')
    .values({ account_id: accountId, sign_in_connection_id: id, issuer, subject, user_id: person.id })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (written === 0n) {
    // Somebody signed in as the same subject at once, for whom the rule may have found another person.
    if ((await findLinkedPerson(db, connection, identity)) !== person.id) throw anotherPerson(person);
    return;
  }
  await stampPeople(accountId, [person.id]).execute(db);
  await recordEvent(authorship, {
    type: 'IDENTITY_LINKED',
    subject: { type: 'USER', id: person.id, label: person.displayName ?? person.userName },
    related: { type: 'SIGN_IN_CONNECTION', id, label: name },
    changes: [
      { field: 'subject', before: null, after: subject },
      { field: 'rule', before: null, after: rule },
    ],
  }).execute(db);
}

/** What the log says of a sign-in, beyond that it was one. */
const toldOf = ({ name }: UsedConnection, { subject, acr, amr, authTime, groups }: ProviderIdentity) =>
  Object.entries({
    method: 'OIDC',
    signInConnection: name,
    subject,
    acr,
    amr,
    authTime,
    groups: toldGroups(groups),
    groupCount: groups?.length ?? null,
  })
    .filter(([, after]) => after !== null && (!Array.isArray(after) || after.length > 0))
    .map(([field, after]) => ({ field, before: null, after }));

async function keepProviderSession(
  db: Sql,
  {
    connection,
    identity,
    sessionId,
  }: { readonly connection: UsedConnection; readonly identity: ProviderIdentity; readonly sessionId: string },
): Promise<void> {
  const { issuer, subject, sid, acr, amr, authTime, groups } = identity;
  await sql`INSERT INTO provider_sessions (account_id, session_id, sign_in_connection_id, issuer, subject, provider_sid, acr, amr,
      auth_time, groups)
    VALUES (${connection.account_id}::uuid, ${sessionId}::uuid, ${connection.id}::uuid, ${issuer}, ${subject}, ${sid}, ${acr},
      ${[...amr]}::text[], ${authTime}::timestamptz, ${groups === null ? null : keptGroups(groups)}::text[])`.execute(
    db,
  );
}
