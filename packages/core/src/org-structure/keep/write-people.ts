import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import { defineStatement, rowsOf } from '../../database/statement.ts';
import type { CountChange, CountChanges } from './count-changes.ts';
import type { PeopleChanges } from './people.ts';

/** Writes what is known of people from now on, and the counts of their departments; one statement. */
export async function writePeople(
  db: Sql,
  accountId: string,
  { touched }: PeopleChanges,
  { spellings, links }: CountChanges,
): Promise<void> {
  const known = JSON.stringify(touched.flatMap(({ after }) => after ?? []));
  const gone = touched.filter(({ after }) => after === undefined).map(({ id }) => id);
  await rowsOf(
    peopleStatement({ accountId, known, gone, spellings: columnsOf(spellings), links: columnsOf(links) }),
    db,
  );
}

interface CountColumns {
  readonly departments: readonly string[];
  readonly ofs: readonly string[];
  readonly bys: readonly number[];
}

const columnsOf = (changes: readonly CountChange[]): CountColumns => ({
  departments: changes.map(({ department }) => department),
  ofs: changes.map((change) => change.of),
  bys: changes.map(({ by }) => by),
});

interface PeopleValues {
  readonly accountId: string;
  /** As JSON: a list of rows of org_people. */
  readonly known: string;
  readonly gone: readonly string[];
  readonly spellings: CountColumns;
  readonly links: CountColumns;
}

const peopleStatement = defineStatement<PeopleValues, unknown>(
  ({ accountId, known, gone, spellings, links }) => sql`
    WITH kept AS (
      INSERT INTO org_people (account_id, user_id, is_member, department, spelling, label, user_name, manager_id, on_cycle)
      SELECT ${accountId}::uuid, p.* FROM jsonb_to_recordset(${known}::jsonb) AS p (user_id uuid, is_member boolean,
        department text, spelling text, label text, user_name text, manager_id uuid, on_cycle boolean)
      ON CONFLICT (account_id, user_id) DO UPDATE SET is_member = excluded.is_member, department = excluded.department,
        spelling = excluded.spelling, label = excluded.label, user_name = excluded.user_name,
        manager_id = excluded.manager_id, on_cycle = excluded.on_cycle),
    gone AS (DELETE FROM org_people p WHERE p.account_id = ${accountId}::uuid AND p.user_id = ANY(${gone}::uuid[])),
    spelled AS (
      INSERT INTO org_spellings AS s (account_id, department, spelling, members) ${counted(accountId, spellings)}
      ON CONFLICT (account_id, department, spelling) DO UPDATE SET members = s.members + excluded.members)
    INSERT INTO org_links AS l (account_id, department, manager_department, members) ${counted(accountId, links)}
    ON CONFLICT (account_id, department, manager_department) DO UPDATE SET members = l.members + excluded.members`,
);

const counted = (accountId: string, { departments, ofs, bys }: CountColumns): RawBuilder<unknown> =>
  sql`SELECT ${accountId}::uuid, c.* FROM unnest(${departments}::text[], ${ofs}::text[], ${bys}::int[])
    AS c (department, of, by)`;
