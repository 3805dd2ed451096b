import { type RawBuilder, sql } from 'kysely';
import type { Database, Sql } from '../../database/database.ts';
import { findProblems } from './find-problems.ts';
import type { OrgProblem, OrgProblemKindName } from './org-problem.ts';

/** What is wrong, of each kind in order. */
export type ProblemsByKind = ReadonlyMap<OrgProblemKindName, readonly OrgProblem[]>;

/** What was found wrong in an account. */
interface Finding {
  /** What of the log was there before everybody was looked at. */
  readonly seen: Seen;
  readonly problems: Promise<ProblemsByKind>;
}

/** How long a finding is kept at most. */
const KEPT_MS = 60_000;

const findings = new WeakMap<Database, Map<string, Finding>>();

/**
 * Everything that is wrong in an account now. Everybody is looked at only when the log tells of something new since that was
 * last done; else it is one statement, however many people there are. Those who ask at one time share one look, so nobody who
 * hangs up breaks it off.
 */
export async function knownProblems(database: Database, accountId: string): Promise<ProblemsByKind> {
  const accounts = findings.get(database) ?? new Map<string, Finding>();
  findings.set(database, accounts);
  const db = database.reading({ owner: accountId });
  const known = accounts.get(accountId);
  await known?.problems.catch(nothing);
  const { has_news: hasNews, ...seen } = await lookAtLog(db, accountId, known?.seen);
  const latest = accounts.get(accountId);
  // A later one was begun after this call, and so has seen whatever was there by then.
  if (latest !== undefined && (latest !== known || !hasNews)) return latest.problems;
  const finding = { seen, problems: findProblems(db, accountId).then(byKind) };
  remember(accounts, accountId, finding);
  return finding.problems;
}

const nothing = () => undefined;

const byKind = (problems: readonly OrgProblem[]): ProblemsByKind => Map.groupBy(problems, ({ kind }) => kind);

function remember(accounts: Map<string, Finding>, accountId: string, finding: Finding): void {
  const forget = () => {
    if (accounts.get(accountId) === finding) accounts.delete(accountId);
  };
  accounts.set(accountId, finding);
  finding.problems.catch(forget);
  setTimeout(forget, KEPT_MS).unref();
}

/** What was there: the transactions of a snapshot, and all earlier epochs. */
interface Seen {
  readonly epoch: number;
  readonly snapshot: string;
}

interface Look extends Seen {
  /** Is there something that was not there at the earlier snapshot? */
  readonly has_news: boolean;
}

/**
 * Compares the log with what was there at an earlier snapshot; one statement. The last position would not do: a
 * transaction that began earlier can commit later, and its events then come before it.
 */
async function lookAtLog(db: Sql, accountId: string, earlier: Seen | undefined): Promise<Look> {
  const snapshot = sql`${earlier?.snapshot ?? null}::pg_snapshot`;
  const statement: RawBuilder<Look> = sql`
    SELECT h.epoch, pg_current_snapshot()::text AS snapshot, h.epoch IS DISTINCT FROM ${earlier?.epoch ?? null}::int OR EXISTS (
      SELECT FROM events e WHERE e.account_id = ${accountId}::uuid AND e.epoch = h.epoch
        AND e.xid >= pg_snapshot_xmin(${snapshot})
        AND NOT pg_visible_in_snapshot(e.xid, ${snapshot})) AS has_news
    FROM (SELECT max(epoch) AS epoch FROM histories) AS h`;
  const [look] = (await statement.execute(db)).rows;
  if (look === undefined) throw new Error('The log was looked at and nothing was answered.');
  return look;
}
