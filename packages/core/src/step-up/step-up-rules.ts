import { type RawBuilder, sql } from 'kysely';
import type { UserViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import { DomainError } from '../errors/domain-error.ts';
import { secondFactorsOf } from '../second-factors/find-second-factors.ts';
import { secondFactorLimits } from '../second-factors/second-factor-limits.ts';
import { signsInHere } from '../strict-profile/managed-by.ts';
import { isUuid } from '../text/uuid.ts';

/** By what somebody can prove who they are while they are signed in. */
export type ProofMethod = 'PASSWORD' | 'TOTP' | 'PASSKEY' | 'RECOVERY_CODE' | 'PROVIDER';

/** Always; where the account asks for it; and so for groups that give roles alone. */
type StepUpRule = 'ALWAYS' | 'IF_ASKED' | 'IF_ASKED_OF_MAPPED_GROUPS';

/** What a mutation was sent. */
type Sent = Readonly<Record<string, unknown>>;

/** Changing what somebody signs in with, or where a link to set it is sent, is like changing one's own second factors, or giving somebody access. */
function ruleOfUpdate({ id, ...changes }: Sent, userId: string): StepUpRule | undefined {
  if (!['userName', 'emails', 'password'].some((field) => field in changes)) return undefined;
  return String(id).toLowerCase() === userId ? 'ALWAYS' : 'IF_ASKED';
}

/** Asking fewer people for a second factor is like taking factors of theirs away. */
const ruleOfPolicy = ({ secondFactor }: Sent): StepUpRule =>
  secondFactor === 'OPTIONAL' || secondFactor === 'WITH_PASSWORD' ? 'ALWAYS' : 'IF_ASKED';

/**
 * What takes a proof of late of who a person is, by mutation: always, for what they themselves sign in with; or where the
 * account asks for it, for what opens the account to others.
 */
export const stepUpRules: Readonly<
  Record<string, StepUpRule | ((sent: Sent, userId: string) => StepUpRule | undefined)>
> = {
  beginTotp: 'ALWAYS',
  confirmTotp: 'ALWAYS',
  removeTotp: 'ALWAYS',
  beginPasskeyRegistration: 'ALWAYS',
  registerPasskey: 'ALWAYS',
  removePasskey: 'ALWAYS',
  renewRecoveryCodes: 'ALWAYS',
  removeSecondFactors: 'ALWAYS',
  updateUser: ruleOfUpdate,
  sendPasswordReset: 'IF_ASKED',
  updateSignInPolicy: ruleOfPolicy,
  endSessions: 'IF_ASKED',
  issueToken: 'IF_ASKED',
  issueOwnToken: 'IF_ASKED',
  rotateToken: 'IF_ASKED',
  createOAuthClient: 'IF_ASKED',
  rotateOAuthClientKeys: 'IF_ASKED',
  createConnection: 'IF_ASKED',
  updateConnection: 'IF_ASKED',
  deleteConnection: 'IF_ASKED',
  createSignInConnection: 'IF_ASKED',
  updateSignInConnection: 'IF_ASKED',
  deleteSignInConnection: 'IF_ASKED',
  renewSamlKeyPair: 'IF_ASKED',
  switchSamlKeyPair: 'IF_ASKED',
  retireSamlKeyPair: 'IF_ASKED',
  refreshSamlMetadata: 'IF_ASKED',
  setSignalStream: 'IF_ASKED',
  rotateSignalToken: 'IF_ASKED',
  deleteSignalStream: 'IF_ASKED',
  linkIdentity: 'IF_ASKED',
  unlinkIdentity: 'IF_ASKED',
  verifyDomain: 'IF_ASKED',
  createRole: 'IF_ASKED',
  updateRole: 'IF_ASKED',
  grantRole: 'IF_ASKED',
  setGroupRoles: 'IF_ASKED',
  setAssignableRoles: 'IF_ASKED',
  setSsoGroupRoles: 'IF_ASKED',
  setRoleSource: 'IF_ASKED',
  setDefaultRoles: 'IF_ASKED',
  addTeamMembers: 'IF_ASKED_OF_MAPPED_GROUPS',
  removeTeamMembers: 'IF_ASKED_OF_MAPPED_GROUPS',
  changeTeamMembers: 'IF_ASKED_OF_MAPPED_GROUPS',
  updateTeam: 'IF_ASKED_OF_MAPPED_GROUPS',
};

/** The teams that a mutation was sent: one, or one of each change. */
const teamsIn = ({ id, teamId, changes }: Sent): string[] =>
  [id, teamId, ...(Array.isArray(changes) ? changes.map((each: Sent) => each.id) : [])].filter(
    (each): each is string => typeof each === 'string' && isUuid(each),
  );

/** A mutation, and what it was sent. */
interface Wanted {
  readonly mutation: string;
  readonly sent: Sent;
}

function ruleOf({ mutation, sent }: Wanted, userId: string): StepUpRule | undefined {
  const rule = stepUpRules[mutation];
  return typeof rule === 'function' ? rule(sent, userId) : rule;
}

interface SessionProof {
  readonly proven: boolean;
  readonly asked: boolean;
  readonly connection: string | null;
  readonly gives_roles: boolean;
}

const isAsked = (rule: StepUpRule, { asked, gives_roles }: SessionProof): boolean =>
  rule === 'ALWAYS' || (asked && (rule === 'IF_ASKED' || gives_roles));

/** Throws STEP_UP_REQUIRED unless the session has a proof as new as the mutation takes, where it takes one. */
export async function assertProven(db: Sql, viewer: UserViewer, wanted: Wanted): Promise<void> {
  const { sent } = wanted;
  const rule = ruleOf(wanted, viewer.userId);
  if (rule === undefined) return;
  const teams = rule === 'IF_ASKED_OF_MAPPED_GROUPS' ? teamsIn(sent) : [];
  const statement: RawBuilder<SessionProof> = sql`
    SELECT coalesce(s.proven_at > now() - make_interval(secs => ${secondFactorLimits.proofSeconds}), false) AS proven,
      a.step_up AS asked, c.id AS connection, EXISTS (SELECT FROM role_mappings m
        WHERE m.account_id = s.account_id AND m.team_id = ANY (${teams}::uuid[])) AS gives_roles
    FROM sessions s JOIN accounts a ON a.id = s.account_id
      LEFT JOIN provider_sessions p ON p.account_id = s.account_id AND p.session_id = s.id
      LEFT JOIN sign_in_connections c ON c.account_id = p.account_id AND c.id = p.sign_in_connection_id AND c.enabled
    WHERE s.account_id = ${viewer.accountId}::uuid AND s.id = ${viewer.sessionId}::uuid`;
  const [session] = (await statement.execute(db)).rows;
  // One that is over is refused where the access is looked at.
  if (session === undefined || session.proven || !isAsked(rule, session)) return;
  const own = await ownMethods(db, viewer);
  const methods = session.connection === null ? own : [...own, 'PROVIDER'];
  throw new DomainError('STEP_UP_REQUIRED', messageFor(methods), {
    methods,
    ...(session.connection !== null && { signInConnectionId: session.connection }),
  });
}

/** The sign-in connection by which the session began; undefined where it began by none. */
export async function providerOfSession(
  db: Sql,
  { accountId, sessionId }: UserViewer,
): Promise<string | undefined> {
  const found = await db
    .selectFrom('provider_sessions')
    .select('sign_in_connection_id')
    .where('account_id', '=', accountId)
    .where('session_id', '=', sessionId)
    .executeTakeFirst();
  return found?.sign_in_connection_id ?? undefined;
}

const messageFor = (methods: readonly string[]): string =>
  methods.length > 0
    ? `This takes a proof of the last ten minutes of who you are. Prove it by one of these, then send the request again: ${methods.join(', ')}.`
    : 'This takes a proof of the last ten minutes of who you are, and you have nothing to prove it by. Sign out and sign in again.';

/** By what somebody proves who they are: by a second factor, once they have one, for then the password is not enough. */
export async function ownMethods(
  db: Sql,
  { accountId, userId }: Pick<UserViewer, 'accountId' | 'userId'>,
): Promise<ProofMethod[]> {
  const factors = await secondFactorsOf(db, accountId, userId);
  if (factors.length > 0) return factors;
  const person = await db
    .selectFrom('users as u')
    .select((u) => u.and([u('u.password_digest', 'is not', null), signsInHere]).as('has_password'))
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .executeTakeFirst();
  return person?.has_password ? ['PASSWORD'] : [];
}
