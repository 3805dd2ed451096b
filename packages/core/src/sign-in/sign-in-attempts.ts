import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { DomainError } from '../errors/domain-error.ts';
import { signInLimits } from '../passwords/sign-in-limits.ts';

const { freeAttempts, maxDelaySeconds } = signInLimits;
/** Attempts count together until there was none for so long. */
const COUNTED_FOR = sql.lit('1 hour');
/** How long an address is known by which somebody signed in. */
const KNOWN_FOR = sql.lit('30 days');

/** Who tries to sign in: under any name, existing or not, and from which address, where it is known. */
export interface SignInClaimant {
  readonly email: string;
  readonly address: string | undefined;
}

/** The attempt of a claimant, and the accounts whose passwords it is checked against. */
export interface Claim extends SignInClaimant {
  readonly accountIds: readonly string[];
}

/** An attempt that is heard. */
export interface Attempt {
  readonly bucket: string;
  /** The how manieth of late. */
  readonly count: number;
}

/**
 * Counts an attempt before it is checked, so that many at once are still one after the other, and refuses the one that
 * comes too early; for names that nobody has as well. Whoever comes from an address from which they signed in before to
 * every account that the attempt is about is counted apart: strangers who guess do not keep them waiting.
 *
 * @throws DomainError RATE_LIMITED
 */
export const beginAttempt = (db: Sql, claim: Claim): Promise<Attempt> =>
  begin(db, bucketOf(claim), 'attempts to sign in with');

/**
 * Counts that a link to set a password is asked for under an e-mail address, whoever asks and whether somebody has it, and
 * refuses what comes too early: nobody's mailbox is filled.
 *
 * @throws DomainError RATE_LIMITED
 */
export const beginResetRequest = (db: Sql, email: string): Promise<Attempt> =>
  begin(db, digest('reset', sql`fold(${email}::text)`), 'requests for a link with');

/**
 * Counts that an admin sends a link to an e-mail address, whoever has it, and refuses what comes too early. It counts apart from
 * what strangers ask for, who keep no admin waiting.
 *
 * @throws DomainError RATE_LIMITED
 */
export const beginSentReset = (db: Sql, address: string): Promise<Attempt> =>
  begin(db, digest('sent reset', sql`fold(${address}::text)`), 'links sent to');

/** Whose second factor is tried, and from where. */
export interface FactorClaim {
  readonly accountId: string;
  readonly userId: string;
  readonly userName: string;
  readonly address: string | undefined;
}

/**
 * Counts that a second factor is tried, before it is looked at, and refuses what comes too early. It counts apart from
 * passwords, so that nobody who does not know the password keeps anybody waiting; and at addresses from which the person
 * signed in with both, apart from all others.
 *
 * @throws DomainError RATE_LIMITED
 */
export const beginFactorAttempt = (db: Sql, claim: FactorClaim): Promise<Attempt> =>
  begin(db, factorBucketOf(claim), 'attempts with a second factor of');

/** Counts what was refused, which waits for nothing; answers the how manieth of late it is. */
export async function countRefusal(db: Sql, what: string): Promise<number> {
  const statement: RawBuilder<{ count: number }> = sql`
    WITH mine AS MATERIALIZED (SELECT ${digest('refusal', sql`${what}::text`)} AS bucket),
    ${forgotten}
    INSERT INTO sign_in_attempts AS a (bucket, count, next_at, forget_at)
    SELECT m.bucket, 1, clock_timestamp(), clock_timestamp() + interval ${COUNTED_FOR} FROM mine m
    ON CONFLICT (bucket) DO UPDATE SET count = ${nextCount}, next_at = excluded.next_at, forget_at = excluded.forget_at
    RETURNING count`;
  return (await statement.execute(db)).rows[0]?.count ?? 1;
}

async function begin(db: Sql, bucket: RawBuilder<unknown>, what: string): Promise<Attempt> {
  const statement: RawBuilder<Attempt> = sql`
    WITH mine AS MATERIALIZED (SELECT ${bucket} AS bucket),
    ${forgotten}
    INSERT INTO sign_in_attempts AS a (bucket, count, next_at, forget_at)
    SELECT m.bucket, 1, clock_timestamp(), clock_timestamp() + interval ${COUNTED_FOR} FROM mine m
    ON CONFLICT (bucket) DO UPDATE SET count = ${nextCount}, next_at = clock_timestamp() + ${delay},
      forget_at = greatest(a.forget_at, clock_timestamp() + ${delay} + interval ${COUNTED_FOR})
    WHERE a.next_at <= clock_timestamp()
    RETURNING bucket, count`;
  const { rows } = await statement.execute(db);
  const [attempt] = rows;
  if (attempt === undefined) throw tooEarly(what, await secondsToWait(db, bucket));
  return attempt;
}

/**
 * Takes back an attempt that was right, and no more: the wait after others that were heard while it was checked is as long as
 * if it had not been.
 */
export async function forgiveAttempt(db: Sql, { bucket, count }: Attempt): Promise<void> {
  await sql`WITH gone AS (
      DELETE FROM sign_in_attempts WHERE bucket = ${bucket} AND count <= 1 AND NOT starts_with(bucket, 'place ') RETURNING bucket)
    UPDATE sign_in_attempts a SET count = greatest(a.count - 1, 0),
      next_at = CASE WHEN a.count = ${count} THEN clock_timestamp()
        ELSE a.next_at - ${delayAfter(sql`a.count`)} + ${delayAfter(sql`a.count - 1`)} END
    WHERE bucket = ${bucket} AND NOT EXISTS (SELECT FROM gone)`.execute(db);
}

/**
 * Remembers from where somebody signed in to an account, with all that they have to show, and forgives what was mistyped there
 * for it alone.
 */
export const rememberAddress = (db: Sql, accountId: string, claimant: SignInClaimant): Promise<void> =>
  remember(db, accountId, claimant, ['place', 'whole place']);

/**
 * Remembers from where somebody set their password by a link: whoever guesses it does not keep them waiting there. Of second
 * factors a mailbox says nothing.
 */
export const rememberLinkUsed = (db: Sql, accountId: string, claimant: SignInClaimant): Promise<void> =>
  remember(db, accountId, claimant, ['place']);

async function remember(
  db: Sql,
  accountId: string,
  { email, address }: SignInClaimant,
  kinds: readonly PlaceKind[],
): Promise<void> {
  if (address === undefined) return;
  const buckets = kinds.map((kind) => placeBucket(sql`${accountId}::uuid`, email, address, kind));
  await sql`INSERT INTO sign_in_attempts AS a (bucket, count, next_at, forget_at)
    SELECT b, 0, clock_timestamp(), clock_timestamp() + interval ${KNOWN_FOR} FROM unnest(ARRAY[${sql.join(buckets)}]) AS b ORDER BY b
    ON CONFLICT (bucket) DO UPDATE SET count = 0, next_at = excluded.next_at, forget_at = excluded.forget_at`.execute(
    db,
  );
}

const digest = (kind: string, text: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`${sql.lit(kind)} || ' ' || encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`;
const nameBucket = (email: string): RawBuilder<unknown> => digest('name', sql`fold(${email}::text)`);
/** An address from which somebody's password counts apart, or their second factors too. */
type PlaceKind = 'place' | 'whole place';
/** Of one account, for signing in to it clears the count; in another one the name may be somebody else's. */
const placeBucket = (
  accountId: RawBuilder<unknown>,
  email: string,
  address: string,
  kind: PlaceKind = 'place',
): RawBuilder<unknown> =>
  digest(kind, sql`${accountId} || ' ' || fold(${email}::text) || ' ' || ${address}::text`);
/** Of an attempt that is about several accounts at once; no account clears it. */
const sharedPlaceBucket = (email: string, address: string): RawBuilder<unknown> =>
  digest('shared', sql`fold(${email}::text) || ' ' || ${address}::text`);

/** Where an attempt counts: apart from strangers where all accounts that it is about know the address. */
function bucketOf({ email, address, accountIds }: Claim): RawBuilder<unknown> {
  if (address === undefined || accountIds.length === 0) return nameBucket(email);
  const apart = accountIds.length === 1 ? sql`min(p.bucket)` : sharedPlaceBucket(email, address);
  return sql`(SELECT CASE WHEN count(*) = ${accountIds.length} THEN ${apart} ELSE ${nameBucket(email)} END
    FROM sign_in_attempts p WHERE p.forget_at > now() AND p.bucket IN (
      SELECT ${placeBucket(sql`a.id`, email, address)} FROM unnest(${[...accountIds]}::uuid[]) AS a (id)))`;
}

function factorBucketOf({ accountId, userId, userName, address }: FactorClaim): RawBuilder<unknown> {
  const all = digest('factor', sql`${accountId}::text || ' ' || ${userId}::text`);
  if (address === undefined) return all;
  const here = digest('factor', sql`${accountId}::text || ' ' || ${userId}::text || ' ' || ${address}::text`);
  return sql`(SELECT CASE WHEN EXISTS (SELECT FROM sign_in_attempts p
    WHERE p.forget_at > now() AND p.bucket = ${placeBucket(sql`${accountId}::uuid`, userName, address, 'whole place')}) THEN ${here} ELSE ${all} END)`;
}

const forgotten = sql`forgotten AS (
      DELETE FROM sign_in_attempts WHERE bucket IN (
        SELECT f.bucket FROM sign_in_attempts f WHERE f.forget_at < now() AND f.bucket <> (SELECT m.bucket FROM mine m)
        ORDER BY f.forget_at LIMIT 10 FOR UPDATE SKIP LOCKED))`;

const nextCount = sql`CASE WHEN a.next_at < clock_timestamp() - interval ${COUNTED_FOR} THEN 1 ELSE a.count + 1 END`;

/**
 * How long the next attempt waits after so many. 2^20 seconds are longer than the longest; a greater power would be no number
 * any more.
 */
const delayAfter = (
  count: RawBuilder<unknown>,
) => sql`make_interval(secs => CASE WHEN ${count} < ${sql.lit(freeAttempts)} THEN 0
  ELSE least(${sql.lit(maxDelaySeconds)}, 2 ^ least(${count} - ${sql.lit(freeAttempts)}, 20)) END)`;
const delay = delayAfter(nextCount);

async function secondsToWait(db: Sql, bucket: RawBuilder<unknown>): Promise<number> {
  const statement: RawBuilder<{ seconds: number }> =
    sql`SELECT ceil(extract(epoch FROM next_at - clock_timestamp()))::int AS seconds
    FROM sign_in_attempts WHERE bucket = ${bucket}`;
  const { rows } = await statement.execute(db);
  return Math.max(1, rows[0]?.seconds ?? 1);
}

const tooEarly = (what: string, retryAfter: number): DomainError =>
  new DomainError(
    'RATE_LIMITED',
    `There were too many ${what} this e-mail address. Wait ${retryAfter} second${retryAfter === 1 ? '' : 's'}.`,
    { retryAfter },
  );
