import { type RawBuilder, sql } from 'kysely';
import { columnsOf, type Read } from '../database/columns.ts';
import type { Database, Sql } from '../database/database.ts';
import { committedWork } from '../database/work.ts';
import { claimJob, type JobKind, type RunningJob, type SliceOutcome } from '../jobs/job.ts';
import type { Authorship } from '../model/event.ts';
import { lockTeam } from '../teams/team-locks.ts';
import { newId } from '../text/uuid.ts';
import { holdPeople, keepStatement } from './group-roles.statements.ts';

/** On this channel every process hears that there is a group whose members are to be brought in line. */
export const GROUP_ROLES_CHANNEL = 'rollcall_group_roles';

/** On this channel every process hears whose members came further. */
export const GROUP_ROLES_PROGRESS_CHANNEL = 'rollcall_group_roles_progress';

export const jobColumns = [
  'account_id',
  'id',
  'state',
  'team_id',
  'group_name',
  'done',
  'total',
  'started_at',
  'finished_at',
] as const;

/** A job as read. */
export type GroupRolesJobRecord = Read<'group_roles_jobs', (typeof jobColumns)[number]>;

/** What a group's members are to be brought in line with: mappings that are there, and some that go when nobody has a role by them. */
export interface GroupToKeep {
  readonly teamId: string;
  readonly name: string;
  readonly endingIds: readonly string[];
}

/** Has the members of a group brought in line once the transaction is committed. */
export async function beginGroupRolesJob(
  db: Sql,
  { accountId, actor, connectionId, requestId }: Authorship,
  { teamId, name, endingIds }: GroupToKeep,
): Promise<GroupRolesJobRecord> {
  const account = sql`${accountId}::uuid`;
  const statement: RawBuilder<GroupRolesJobRecord> = sql`
    INSERT INTO group_roles_jobs AS j (account_id, id, state, team_id, group_name, ending_ids, total,
      actor_kind, actor_id, actor_name, connection_id, request_id)
    SELECT ${account}, ${newId()}::uuid, 'RUNNING', ${teamId}::uuid, ${name}, ${[...endingIds]}::uuid[],
      (SELECT count(*) FROM memberships m WHERE m.account_id = ${account} AND m.team_id = ${teamId}::uuid),
      ${actor.kind}, ${actor.id}::uuid, ${actor.name}, ${connectionId}::uuid, ${requestId}
    RETURNING ${columnsOf('j', jobColumns)}`;
  const [job] = (await statement.execute(db)).rows;
  if (job === undefined) throw new Error('A job that was just begun is not there.');
  await sql`SELECT pg_notify(${GROUP_ROLES_CHANNEL}, ${accountId})`.execute(db);
  return job;
}

/** Ends the job of a group that runs, whose lock the transaction has: what it was to do is decided anew. */
export const replaceGroupRolesJob = (accountId: string, teamId: string): RawBuilder<unknown> =>
  sql`UPDATE group_roles_jobs SET state = 'REPLACED', finished_at = now()
    WHERE account_id = ${accountId}::uuid AND team_id = ${teamId}::uuid AND state = 'RUNNING'`;

/** How many people one transaction brings in line: few, as the event feeds of all accounts wait for long ones. */
const SLICE = 200;

interface JobPlace {
  readonly team_id: string;
  readonly ending_ids: readonly string[];
  readonly last_user_id: string | null;
  readonly actor_kind: Authorship['actor']['kind'];
  readonly actor_id: string | null;
  readonly actor_name: string;
  readonly connection_id: string | null;
  readonly request_id: string;
}

/** Brings the next members of a group in line, and notes how far it came, in one transaction. */
function slice(database: Database, job: RunningJob): Promise<SliceOutcome> {
  const { account_id: accountId, id } = job;
  return committedWork(database).transaction(async ({ sql: db }) => {
    if (!(await claimJob(db, id))) return 'ELSEWHERE';
    const team = await findPlace(db, job);
    if (team === undefined) return 'OVER';
    await lockTeam(accountId, team.team_id).execute(db);
    // Another edit of the group may have taken its place while the lock was waited for.
    const place = await findPlace(db, job);
    if (place === undefined) return 'OVER';
    const ids = await nextMembers(db, accountId, place);
    if (ids.length > 0) {
      await holdPeople(accountId, ids).execute(db);
      await keepStatement(authorshipOf(accountId, place), place.team_id, ids).execute(db);
    }
    const isDone = ids.length < SLICE;
    await sql`UPDATE group_roles_jobs SET done = done + ${ids.length}, total = greatest(total, done + ${ids.length}),
        last_user_id = ${ids.at(-1) ?? place.last_user_id}::uuid,
        state = CASE WHEN ${isDone} THEN 'DONE' ELSE 'RUNNING' END, finished_at = CASE WHEN ${isDone} THEN now() END
      WHERE account_id = ${accountId}::uuid AND id = ${id}::uuid`.execute(db);
    if (isDone)
      await sql`DELETE FROM role_mappings m WHERE m.account_id = ${accountId}::uuid AND m.ends
        AND m.id = ANY(${[...place.ending_ids]}::uuid[])`.execute(db);
    await sql`SELECT pg_notify(${GROUP_ROLES_PROGRESS_CHANNEL}, ${accountId})`.execute(db);
    return isDone ? 'DONE' : 'MORE';
  });
}

async function findPlace(db: Sql, { account_id, id }: RunningJob): Promise<JobPlace | undefined> {
  const statement: RawBuilder<JobPlace> = sql`
    SELECT j.team_id, j.ending_ids, j.last_user_id, j.actor_kind, j.actor_id, j.actor_name, j.connection_id, j.request_id
    FROM group_roles_jobs j WHERE j.account_id = ${account_id}::uuid AND j.id = ${id}::uuid AND j.state = 'RUNNING'`;
  return (await statement.execute(db)).rows[0];
}

/** Whose doing it is: of whoever edited the mapping. */
const authorshipOf = (accountId: string, place: JobPlace): Authorship => ({
  accountId,
  actor: { kind: place.actor_kind, id: place.actor_id, name: place.actor_name },
  connectionId: place.connection_id,
  requestId: place.request_id,
});

async function nextMembers(
  db: Sql,
  accountId: string,
  { team_id, last_user_id: last }: JobPlace,
): Promise<string[]> {
  const statement: RawBuilder<{ user_id: string }> = sql`
    SELECT m.user_id FROM memberships m WHERE m.account_id = ${accountId}::uuid AND m.team_id = ${team_id}::uuid
      ${last === null ? sql`` : sql`AND m.user_id > ${last}::uuid`} ORDER BY m.user_id LIMIT ${SLICE}`;
  return (await statement.execute(db)).rows.map(({ user_id }) => user_id);
}

async function running(db: Sql): Promise<readonly RunningJob[]> {
  const statement: RawBuilder<RunningJob> = sql`
    SELECT j.account_id, j.id FROM group_roles_jobs j WHERE j.state = 'RUNNING' ORDER BY j.id`;
  return (await statement.execute(db)).rows;
}

/** Edits of mappings that concern too many people for the transaction of the edit. */
export const groupRolesJobs: JobKind = {
  name: 'change of the roles of a group',
  channel: GROUP_ROLES_CHANNEL,
  running,
  slice,
};

/** How many jobs are shown that have ended. */
const SHOWN = 20;

/** The jobs that run and the last that have ended, latest first; one statement. */
export async function groupRolesJobsOf(db: Sql, accountId: string): Promise<GroupRolesJobRecord[]> {
  const statement: RawBuilder<GroupRolesJobRecord> = sql`
    SELECT ${columnsOf('j', jobColumns)} FROM group_roles_jobs j WHERE j.account_id = ${accountId}::uuid
    ORDER BY j.state = 'RUNNING' DESC, j.id DESC LIMIT ${SHOWN}`;
  return (await statement.execute(db)).rows;
}
