import { type RawBuilder, sql } from 'kysely';
import type { Database, Sql } from '../../database/database.ts';
import { committedWork } from '../../database/work.ts';
import { accountSubject } from '../../events/account-subject.ts';
import { recordEvent } from '../../events/record-events.ts';
import { claimJob, type JobKind, type RunningJob, type SliceOutcome } from '../../jobs/job.ts';
import type { ActorKindName, Authorship } from '../../model/event.ts';
import { lockAllTeams } from '../../teams/team-locks.ts';
import { keepStructure } from '../keep/keep-structure.ts';
import { REBUILD_PROGRESS_CHANNEL, REBUILDS_CHANNEL } from './rebuild.ts';

/** Every rebuild that runs, oldest first; one statement. */
async function runningRebuilds(db: Sql): Promise<readonly RunningJob[]> {
  const statement: RawBuilder<RunningJob> = sql`
    SELECT r.account_id, r.id FROM org_rebuilds r WHERE r.state = 'RUNNING' ORDER BY r.id`;
  return (await statement.execute(db)).rows;
}

/** How many people one transaction brings in line: few, as the event feeds of all accounts wait for long ones. */
const SLICE = 200;

/** Brings the next people of a rebuild in line and notes how far it came, in one transaction. */
export function rebuildSlice(database: Database, rebuild: RunningJob, size = SLICE): Promise<SliceOutcome> {
  const { account_id: accountId, id } = rebuild;
  return committedWork(database).transaction(async ({ sql: db }) => {
    if (!(await claimJob(db, id))) return 'ELSEWHERE';
    await lockStructure(db, accountId);
    const place = await lockPlace(db, rebuild);
    if (place === undefined) return 'OVER';
    const ids = await nextPeople(db, accountId, { after: place.last_user_id, size });
    const authorship = authorshipOf(accountId, place);
    if (ids.length > 0) await keepStructure(db, authorship, ids, { everything: true });
    const isDone = ids.length < size;
    await sql`UPDATE org_rebuilds SET done = done + ${ids.length}, total = greatest(total, done + ${ids.length}),
        last_user_id = ${ids.at(-1) ?? place.last_user_id}::uuid,
        state = CASE WHEN ${isDone} THEN 'DONE' ELSE 'RUNNING' END, finished_at = CASE WHEN ${isDone} THEN now() END
      WHERE account_id = ${accountId}::uuid AND id = ${id}::uuid`.execute(db);
    await sql`SELECT pg_notify(${REBUILD_PROGRESS_CHANNEL}, ${accountId})`.execute(db);
    if (!isDone) return 'MORE';
    const subject = await accountSubject(db, accountId);
    await recordEvent(authorship, { type: 'ORG_STRUCTURE_REBUILT', subject }).execute(db);
    return 'DONE';
  });
}

/** Waits for the lock of teams under unchanging settings, before the transaction has its number. */
async function lockStructure(db: Sql, accountId: string): Promise<void> {
  await sql`SELECT hold_org_structure(${accountId}::uuid, true)`.execute(db);
  // Also where no teams follow any more: those that did are to go.
  await lockAllTeams(accountId).execute(db);
}

interface Place {
  readonly last_user_id: string | null;
  readonly actor_kind: ActorKindName;
  readonly actor_id: string | null;
  readonly actor_name: string;
  readonly request_id: string;
}

async function lockPlace(db: Sql, { account_id, id }: RunningJob): Promise<Place | undefined> {
  const statement: RawBuilder<Place> = sql`
    SELECT r.last_user_id, r.actor_kind, r.actor_id, r.actor_name, r.request_id FROM org_rebuilds r
    WHERE r.account_id = ${account_id}::uuid AND r.id = ${id}::uuid AND r.state = 'RUNNING' FOR UPDATE`;
  return (await statement.execute(db)).rows[0];
}

/** Whose doing it is: of whoever asked for the rebuild. */
const authorshipOf = (accountId: string, place: Place): Authorship => ({
  accountId,
  actor: { kind: place.actor_kind, id: place.actor_id, name: place.actor_name },
  connectionId: null,
  requestId: place.request_id,
});

/** Those in the directory, and those whom the structure knows though they left, in order of id. */
async function nextPeople(
  db: Sql,
  accountId: string,
  { after, size }: { after: string | null; size: number },
): Promise<string[]> {
  const beyond = (id: RawBuilder<unknown>) =>
    after === null
      ? sql`ORDER BY ${id} LIMIT ${size}`
      : sql`AND ${id} > ${after}::uuid ORDER BY ${id} LIMIT ${size}`;
  const statement: RawBuilder<{ id: string }> = sql`
    (SELECT u.id FROM users u WHERE u.account_id = ${accountId}::uuid AND u.status <> 'DEPROVISIONED' ${beyond(sql`u.id`)})
    UNION (SELECT p.user_id FROM org_people p WHERE p.account_id = ${accountId}::uuid ${beyond(sql`p.user_id`)})
    ORDER BY id LIMIT ${size}`;
  return (await statement.execute(db)).rows.map(({ id }) => id);
}

/** Walks through all people that bring the teams in line with them. */
export const rebuildJobs: JobKind = {
  name: 'rebuild',
  channel: REBUILDS_CHANNEL,
  running: runningRebuilds,
  slice: (database, rebuild) => rebuildSlice(database, rebuild),
};
