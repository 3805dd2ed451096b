import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import { defineStatement, type Param, rowsOf } from '../../database/statement.ts';
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

const peopleStatement = defineStatement<PeopleValues, unknown>((param) => {
  const account = sql`${param('accountId')}::uuid`;
  return sql`
    WITH kept AS (
      INSERT INTO org_people (account_id, user_id, is_member, department, spelling, label, user_name, manager_id, on_cycle)
      SELECT ${account}, p.* FROM jsonb_to_recordset(${param('known')}::jsonb) AS p (user_id uuid, is_member boolean,
        department text, spelling text, label text, user_name text, manager_id uuid, on_cycle boolean)
      ON CONFLICT (account_id, user_id) DO UPDATE SET is_member = excluded.is_member, department = excluded.department,
        spelling = excluded.spelling, label = excluded.label, user_name = excluded.user_name,
        manager_id = excluded.manager_id, on_cycle = excluded.on_cycle),
    gone AS (DELETE FROM org_people p WHERE p.account_id = ${account} AND p.user_id = ANY(${param('gone')}::uuid[])),
    spelled AS (
      INSERT INTO org_spellings AS s (account_id, department, spelling, members) ${counted(param, 'spellings')}
      ON CONFLICT (account_id, department, spelling) DO UPDATE SET members = s.members + excluded.members)
    INSERT INTO org_links AS l (account_id, department, manager_department, members) ${counted(param, 'links')}
    ON CONFLICT (account_id, department, manager_department) DO UPDATE SET members = l.members + excluded.members`;
});

const counted = (param: Param<PeopleValues>, counts: 'spellings' | 'links'): RawBuilder<unknown> =>
  sql`SELECT ${param('accountId')}::uuid, c.* FROM unnest(${param(counts, 'departments')}::text[],
    ${param(counts, 'ofs')}::text[], ${param(counts, 'bys')}::int[]) AS c (department, of, by)`;
