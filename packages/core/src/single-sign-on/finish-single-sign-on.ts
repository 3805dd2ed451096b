import { sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { createUsers } from '../directory/create-users.ts';
import { recordEvent } from '../events/record-events.ts';
import type { FollowedWork } from '../followers/follower.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship } from '../model/event.ts';
import type { LinkRule } from '../model/sign-in-connection.entity.ts';
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
import { findMeantPerson, type MeantPerson, provenEmailOf } from './find-linked-person.ts';
import { findUsedConnection, type UsedConnection } from './find-used-connection.ts';
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
  const taken =
    state === null || browserSecret == null
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
    throw created.error;
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
  const { userId, newlyBy } = meant;
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

const isSame = (
  present: { issuer: string; clientId: string; linkRule: LinkRule },
  { issuer, client_id, link_rule }: UsedConnection,
): boolean => present.issuer === issuer && present.clientId === client_id && present.linkRule === link_rule;

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
  { connection, identity: { issuer, subject }, person, rule }: NewLink,
): Promise<void> {
  const { account_id: accountId, id, name } = connection;
  const { numInsertedOrUpdatedRows: written } = await db
    .insertInto('identity_links')
    .values({ account_id: accountId, sign_in_connection_id: id, issuer, subject, user_id: person.id })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  // Somebody signed in as the same subject at once, and the rule found the same person.
  if (written === 0n) return;
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
  Object.entries({ method: 'OIDC', signInConnection: name, subject, acr, amr, authTime, groups })
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
      ${[...amr]}::text[], ${authTime}::timestamptz, ${groups === null ? null : [...groups]}::text[])`.execute(
    db,
  );
}
