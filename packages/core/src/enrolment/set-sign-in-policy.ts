import { type RawBuilder, sql } from 'kysely';
import { assertHasAll } from '../authorization/effective-permissions.ts';
import { CREDENTIALS_CHANNEL } from '../authorization/end-access.ts';
import { accountPermissions } from '../authorization/permissions.ts';
import type { SignedInViewer } from '../authorization/viewer.ts';
import { staysWithin } from '../database/advisory-lock.ts';
import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import { invalidInput } from '../errors/domain-error.ts';
import { accountSubject } from '../events/account-subject.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import { type SecondFactorPolicy, secondFactorPolicies } from '../model/account.entity.ts';
import type { Authorship, PropertyChange } from '../model/event.ts';
import { secondFactorsOf } from '../second-factors/find-second-factors.ts';
import type { SignInPolicy } from '../second-factors/sign-in-policy.ts';

/** What is to be another. */
export interface PolicyChange {
  readonly secondFactor?: SecondFactorPolicy | null;
  readonly stepUp?: boolean | null;
  /** Whoever decides it knows that they have no second factor themselves, and so have to set one up to sign in again. */
  readonly evenIfIHaveNone?: boolean | null;
}

/** The policy from now on, and whom it signed out. */
export interface ChangedPolicy {
  readonly policy: SignInPolicy;
  readonly endedSessionIds: readonly string[];
}

/**
 * Changes what the account asks of people who sign in. Where a second factor is asked for from now on, whoever signed in
 * without one is signed out, but for whoever decides it. Asking less of everybody takes every permission, for then a password is
 * enough to be somebody who may do anything.
 *
 * @throws DomainError INVALID_INPUT, FORBIDDEN
 */
export function updateSignInPolicy(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  change: PolicyChange,
): Promise<ChangedPolicy> {
  const { accountId } = authorship;
  return work.transaction(async (scope) => {
    const { sql: db } = scope;
    await staysWithin(accountId).execute(db);
    const held = await hold(scope, accountId, { viewer });
    const before = await policyToChange(db, accountId);
    const policy = {
      secondFactor: change.secondFactor ?? before.secondFactor,
      stepUp: change.stepUp ?? before.stepUp,
    };
    const lowered = loweredField(before, policy);
    if (lowered !== undefined)
      assertHasAll(held.own, accountPermissions, {
        field: lowered,
        act: 'have everybody asked for less when they sign in, or before what is dangerous',
      });
    const isAskedNow = policy.secondFactor !== 'OPTIONAL' && before.secondFactor === 'OPTIONAL';
    if (isAskedNow && change.evenIfIHaveNone !== true) await assertHasOwn(db, viewer);
    const changes = changesOf(before, policy);
    if (changes.length === 0) return { policy, endedSessionIds: [] };
    await db
      .updateTable('accounts')
      .set({ second_factor: policy.secondFactor, step_up: policy.stepUp })
      .where('id', '=', accountId)
      .execute();
    const endedSessionIds = isAskedNow ? await endSessionsWithout(db, accountId, viewer) : [];
    const ended = { field: 'sessionsEnded', before: null, after: endedSessionIds.length };
    await recordEvent(authorship, {
      type: 'SIGN_IN_POLICY_UPDATED',
      subject: await accountSubject(db, accountId),
      changes: isAskedNow ? [...changes, ended] : changes,
    }).execute(db);
    return { policy, endedSessionIds };
  });
}

/** By which field less is asked of people than before. */
function loweredField(before: SignInPolicy, after: SignInPolicy): keyof SignInPolicy | undefined {
  const strictness = ({ secondFactor }: SignInPolicy) => secondFactorPolicies.indexOf(secondFactor);
  if (strictness(after) < strictness(before)) return 'secondFactor';
  return before.stepUp && !after.stepUp ? 'stepUp' : undefined;
}

/** The policy; whoever signs in waits until it is decided. */
const policyToChange = (db: Sql, accountId: string): Promise<SignInPolicy> =>
  db
    .selectFrom('accounts')
    .select(['second_factor as secondFactor', 'step_up as stepUp'])
    .where('id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();

async function assertHasOwn(db: Sql, viewer: SignedInViewer): Promise<void> {
  if (viewer.kind !== 'USER') return;
  if ((await secondFactorsOf(db, viewer.accountId, viewer.userId)).length > 0) return;
  throw invalidInput(
    'evenIfIHaveNone',
    'you have no second factor yourself, and would have to set one up when you sign in the next time. Set one up first, in your profile, or send evenIfIHaveNone: true.',
  );
}

const changesOf = (before: SignInPolicy, after: SignInPolicy): PropertyChange[] =>
  (['secondFactor', 'stepUp'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, before: before[field], after: after[field] }));

/** Ends the sessions of people who have no second factor and signed in by their password, and tells every process. */
async function endSessionsWithout(
  db: Sql,
  accountId: string,
  viewer: SignedInViewer,
): Promise<readonly string[]> {
  const kept = viewer.kind === 'USER' ? viewer.sessionId : null;
  const statement: RawBuilder<{ id: string }> = sql`
    WITH ended AS MATERIALIZED (DELETE FROM sessions s
      WHERE s.account_id = ${accountId}::uuid AND s.method = 'PASSWORD' AND s.id IS DISTINCT FROM ${kept}::uuid
        AND NOT EXISTS (SELECT FROM totp_secrets t
          WHERE t.account_id = s.account_id AND t.user_id = s.user_id AND t.confirmed_at IS NOT NULL)
        AND NOT EXISTS (SELECT FROM passkeys k WHERE k.account_id = s.account_id AND k.user_id = s.user_id)
      RETURNING s.id)
    SELECT e.id, pg_notify(${CREDENTIALS_CHANNEL}, e.id::text) FROM ended e`;
  return (await statement.execute(db)).rows.map(({ id }) => id);
}
