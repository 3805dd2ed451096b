import { type RawBuilder, sql } from 'kysely';
import type { Database, Sql } from '../../database/database.ts';
import { committedWork } from '../../database/work.ts';
import { recordEvent } from '../../events/record-events.ts';
import type { ActorKindName, Authorship } from '../../model/event.ts';
import { lockAllTeams } from '../../teams/team-locks.ts';
import { keepStructure } from '../keep/keep-structure.ts';
import { accountSubject } from '../settings/account-subject.ts';
import { REBUILD_PROGRESS_CHANNEL } from './rebuild.ts';

/** A rebuild that somebody has to carry on. */
export interface RunningRebuild {
  readonly account_id: string;
  readonly id: string;
}

/** Every rebuild that runs, oldest first; one statement. */
export async function runningRebuilds(db: Sql): Promise<readonly RunningRebuild[]> {
  const statement: RawBuilder<RunningRebuild> = sql`
    SELECT r.account_id, r.id FROM org_rebuilds r WHERE r.state = 'RUNNING' ORDER BY r.id`;
  return (await statement.execute(db)).rows;
}

/** How many people one transaction brings in line: few, as the event feeds of all accounts wait for long ones. */
const SLICE = 200;

/** What a slice came to: people are left, all are visited, another process has it, or it was over before. */
export type SliceOutcome = 'MORE' | 'DONE' | 'ELSEWHERE' | 'OVER';

/** Brings the next people of a rebuild in line and notes how far it came, in one transaction. */
export function rebuildSlice(
  database: Database,
  rebuild: RunningRebuild,
  size = SLICE,
): Promise<SliceOutcome> {
  const { account_id: accountId, id } = rebuild;
  return committedWork(database).transaction(async ({ sql: db }) => {
    if (!(await claim(db, id))) return 'ELSEWHERE';
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

/** Is no other process at this slice? Then none will be until the transaction ends. */
async function claim(db: Sql, id: string): Promise<boolean> {
  const statement: RawBuilder<{ claimed: boolean }> = sql`
    SELECT pg_try_advisory_xact_lock(hashtextextended(concat('org rebuild ', ${id}::text), 0)) AS claimed`;
  return (await statement.execute(db)).rows[0]?.claimed ?? false;
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

async function lockPlace(db: Sql, { account_id, id }: RunningRebuild): Promise<Place | undefined> {
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
