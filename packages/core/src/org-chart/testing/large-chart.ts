import { withClient } from '../../testing/tables.ts';

/** The id of the n-th person, or team, of a large chart. */
export const nthId = (kind: 'person' | 'team', n: number): string =>
  `${kind === 'person' ? '0' : '1'}0000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

const id = (kind: 'person' | 'team', n: string): string =>
  `('${kind === 'person' ? '0' : '1'}0000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/**
 * Fills the chart of an account with people, ten to a manager, and a team for every two: each person has been something else for
 * a day in the past. Moments are days before now: 20 the beginning, 10 the change.
 */
export async function fillLargeChart(databaseUrl: string, accountId: string, size: number): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    const days = (count: number) => `date_trunc('hour', now()) - interval '${count} days'`;
    const people = (
      n: string,
      title: string,
    ) => `'person-' || ${n} || '@example.com', 'Person ' || md5(${n}::text), '${title}',
      CASE WHEN ${n} = 1 THEN NULL ELSE ${id('person', `(${n} + 8) / 10`)} END, CASE WHEN ${n} = 1 THEN NULL ELSE ${id('person', `(${n} + 8) / 10`)} END`;
    const columns =
      'account_id, user_id, began, ended, user_name, display_name, title, named_manager_id, manager_id, status, on_cycle';
    for (const [title, began, ended] of [
      ['Novice', days(20), days(10)],
      ['Expert', days(10), "'infinity'"],
    ]) {
      await client.query(
        `INSERT INTO org_chart_people (${columns})
         SELECT $1, ${id('person', 'n')}, ${began}, ${ended}, ${people('n', title ?? '')}, 'ACTIVE', false FROM generate_series(1, $2::int) n`,
        [accountId, size],
      );
    }
    await client.query(
      `INSERT INTO org_chart_teams (account_id, team_id, began, display_name, origin, named_parent_id, parent_id, named_lead_id, lead_id)
       SELECT $1, ${id('team', 'n')}, ${days(20)}, 'Team ' || md5(n::text), 'MANUAL', p.id, p.id, ${id('person', 'n')}, ${id('person', 'n')}
       FROM generate_series(1, $2::int / 2) n, LATERAL (SELECT CASE WHEN n = 1 THEN NULL ELSE ${id('team', '(n + 8) / 10')} END AS id) p`,
      [accountId, size],
    );
    await client.query(
      `INSERT INTO org_chart_memberships (account_id, team_id, user_id, began)
       SELECT $1, ${id('team', '(n + 1) / 2')}, ${id('person', 'n')}, ${days(20)} FROM generate_series(1, $2::int) n`,
      [accountId, size],
    );
    await client.query('ANALYZE org_chart_people, org_chart_teams, org_chart_memberships');
  });
}
