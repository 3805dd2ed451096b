import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import type { FollowedWork } from '../followers/follower.ts';
import { hold } from '../holds/hold.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { SignInConnection } from '../model/sign-in-connection.entity.ts';
import type { User } from '../model/user.entity.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { secondFactorPolicyNow } from '../second-factors/asked-factors.ts';
import { shareEnded } from '../sessions/ended-at-provider.ts';
import { SESSION_MS, type StartedSession, startSession } from '../sign-in/start-session.ts';
import { addRolesAtSignIn } from '../sso-roles/add-roles-at-sign-in.ts';
import { findMeantPerson, type MeantPerson } from './find-linked-person.ts';
import type { UsedConnection } from './find-used-connection.ts';
import type { Identity } from './identity.ts';
import { createPerson } from './just-in-time.ts';
import { linkIfNew } from './link-identity.ts';
import { saysMultiFactor } from './multi-factor.ts';
import { assertGoesOn, endingsOf } from './not-ended.ts';
import { keepProviderSession, toldOf } from './provider-session.ts';
import { SignInRefused } from './refusals.ts';
import { signInAuthorship } from './sign-in-authorship.ts';

/** With what somebody is signed in whose provider has said who they are. */
export interface EnterScope {
  readonly db: Sql;
  readonly work: Work;
  /** Work of its own for creating somebody, which comes before their session. */
  readonly newWork: (accountId: string) => FollowedWork;
  readonly sealer: Sealer | undefined;
  readonly outbox: Outbox | undefined;
  readonly requestId: string;
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
}

/** Who a provider said it is, of a browser that was sent there at that moment. */
interface Answered {
  readonly identity: Identity;
  readonly beganAt: Date;
}

/** Begins the session of whom an identity means, by whatever protocol it came. @throws SignInRefused */
export async function enter(
  scope: EnterScope,
  connection: UsedConnection,
  { identity, beganAt }: Answered,
): Promise<StartedSession> {
  const { db, newWork, requestId } = scope;
  const { account_id: accountId } = connection;
  /** Whoever would not come in is not created. */
  async function admit(): Promise<void> {
    if (!connection.enabled)
      throw new SignInRefused({ reason: 'CONNECTION', detail: 'The sign-in connection is switched off.' });
    endOf(identity);
    await assertGoesOn(db, { accountId, names: endingsOf(connection, identity), beganAt });
    await assertSecondFactor(db, identity, { accountId });
  }
  const meant =
    (await findMeantPerson(db, connection, identity)) ??
    (await createPerson({ db, work: newWork(accountId), requestId, admit }, connection, identity));
  if (meant === undefined)
    throw new SignInRefused({
      reason: 'NOBODY',
      detail: `Nobody is linked to this subject, and the rule ${connection.link_rule} finds nobody.`,
    });
  return begin(scope, { connection, identity, beganAt, meant });
}

interface Entrance extends Answered {
  readonly connection: UsedConnection;
  readonly meant: MeantPerson;
}

function begin(
  { work, sealer, outbox, requestId, address, userAgent }: EnterScope,
  { connection, identity, beganAt, meant: { userId } }: Entrance,
): Promise<StartedSession> {
  const { account_id: accountId, id } = connection;
  const names = endingsOf(connection, identity, userId);
  return work.transaction(async (scope) => {
    await shareEnded(accountId, names).execute(scope.sql);
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
    await assertGoesOn(scope.sql, { accountId, names, beganAt, person });
    const expiresAt = endOf(identity, person);
    await assertSecondFactor(scope.sql, identity, { accountId, person });
    const authorship = signInAuthorship(accountId, requestId);
    await linkIfNew(scope.sql, authorship, { connection, identity, person }, outbox);
    const { groups, groupsProblem } = identity;
    const groupsWithheld = groupsProblem !== null;
    await addRolesAtSignIn(scope, authorship, {
      connection,
      person,
      identity,
      groups,
      groupsWithheld,
    });
    const started = await startSession(scope, person, {
      requestId,
      expiresAt,
      origin: { method: identity.protocol, address, userAgent, provenAt: identity.authTime },
      changes: toldOf(connection, identity),
    });
    await keepProviderSession(scope.sql, { sealer, connection, identity, sessionId: started.session.id });
    return started;
  });
}

const notActive = (person: User | undefined): SignInRefused =>
  new SignInRefused({ reason: 'NOT_ACTIVE', detail: 'The person is not active.', person });

/** Where the account wants a second factor of everybody, the provider has to say that it asked for one. */
export async function assertSecondFactor(
  db: Sql,
  identity: Identity,
  { accountId, person }: { readonly accountId: string; readonly person?: User },
): Promise<void> {
  if (saysMultiFactor(identity) || (await secondFactorPolicyNow(db, accountId)) !== 'ALWAYS') return;
  throw new SignInRefused({
    reason: 'SECOND_FACTOR',
    detail: `The account asks everybody for a second factor, and neither amr (${identity.amr.join(', ') || 'none'}) nor acr (${identity.acr ?? 'none'}) says that the provider asked for one.`,
    person,
  });
}

/** Is everything as it was by which it is decided who somebody is, and which roles they are given? */
export const isSame = (present: SignInConnection, used: UsedConnection): boolean =>
  present.protocol === used.protocol &&
  present.issuer === used.issuer &&
  (present.clientId ?? null) === used.client_id &&
  JSON.stringify(present.saml ?? null) === JSON.stringify(used.saml) &&
  present.preset === used.preset &&
  present.linkRule === used.link_rule &&
  present.connectionId === used.connection_id &&
  present.jitPolicy === used.jit_policy &&
  String(present.domains ?? null) === String(used.domains) &&
  (present.groupsClaim ?? null) === used.groups_claim;

/** Seven days, or as long as the provider wants it to go on. */
function endOf({ sessionExpiry }: Identity, person?: User): Date {
  const most = new Date(Date.now() + SESSION_MS);
  if (sessionExpiry === null || sessionExpiry > most) return most;
  if (sessionExpiry > new Date()) return sessionExpiry;
  throw new SignInRefused({
    reason: 'PROVIDER_ANSWER',
    detail: 'The session that the provider wants (session_expiry, SessionNotOnOrAfter) is over already.',
    person,
  });
}
