import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { CountChange, CountChanges } from './count-changes.ts';
import type { PeopleChanges } from './people.ts';

/** Writes what is known of people from now on, and the counts of their departments; one statement. */
export async function writePeople(
  db: Sql,
  accountId: string,
  { touched }: PeopleChanges,
  { spellings, links }: CountChanges,
): Promise<void> {
  const account = sql`${accountId}::uuid`;
  const known = touched.flatMap(({ after }) => after ?? []);
  const gone = touched.filter(({ after }) => after === undefined).map(({ id }) => id);
  await sql`
    WITH kept AS (
      INSERT INTO org_people (account_id, user_id, is_member, department, spelling, label, user_name, manager_id, on_cycle)
      SELECT ${account}, p.* FROM jsonb_to_recordset(${JSON.stringify(known)}::jsonb) AS p (user_id uuid,
        is_member boolean, department text, spelling text, label text, user_name text, manager_id uuid, on_cycle boolean)
      ON CONFLICT (account_id, user_id) DO UPDATE SET is_member = excluded.is_member, department = excluded.department,
        spelling = excluded.spelling, label = excluded.label, user_name = excluded.user_name,
        manager_id = excluded.manager_id, on_cycle = excluded.on_cycle),
    gone AS (DELETE FROM org_people p WHERE p.account_id = ${account} AND p.user_id = ANY(${gone}::uuid[])),
    spelled AS (
      INSERT INTO org_spellings AS s (account_id, department, spelling, members) ${counted(account, spellings)}
      ON CONFLICT (account_id, department, spelling) DO UPDATE SET members = s.members + excluded.members)
    INSERT INTO org_links AS l (account_id, department, manager_department, members) ${counted(account, links)}
    ON CONFLICT (account_id, department, manager_department) DO UPDATE SET members = l.members + excluded.members`.execute(
    db,
  );
}

const counted = (account: RawBuilder<unknown>, changes: readonly CountChange[]): RawBuilder<unknown> =>
  sql`SELECT ${account}, c.* FROM unnest(${changes.map(({ department }) => department)}::text[],
    ${changes.map((change) => change.of)}::text[], ${changes.map(({ by }) => by)}::int[]) AS c (department, of, by)`;
