import { type KyselyPlugin, RawNode } from 'kysely';
import type pg from 'pg';
import type { Sql } from '../database/database.ts';

/** The plans of the statements that `read` makes of the database it is given; nothing of them is answered. */
export async function plansOf(db: Sql, read: (explaining: Sql) => Promise<unknown>): Promise<string[]> {
  const plans: string[] = [];
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      if (!RawNode.is(node)) return node;
      const [first = '', ...rest] = node.sqlFragments;
      return { ...node, sqlFragments: [`EXPLAIN ${first}`, ...rest] };
    },
    async transformResult({ result }) {
      plans.push(result.rows.map((row) => String(row['QUERY PLAN'])).join('\n'));
      return { ...result, rows: [] };
    },
  };
  await read(db.withPlugin(plugin));
  return plans;
}

interface Plans {
  readonly asPlanned: string;
  /** Where a table can be looked through in another way than from end to end, it is. */
  readonly byIndex: string;
}

/** The plans, good for all values, of what the connections of a pool have prepared, by statement. */
export async function plansKept(pool: pg.Pool): Promise<Map<string, Plans>> {
  const clients = await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()));
  const plans = new Map<string, Plans>();
  for (const client of clients) {
    await client.query('SET plan_cache_mode = force_generic_plan');
    const { rows } = await client.query<{ name: string; statement: string; values: string }>(
      `SELECT name, statement, '(NULL' || repeat(', NULL', cardinality(parameter_types) - 1) || ')' AS values
       FROM pg_prepared_statements WHERE cardinality(parameter_types) > 0`,
    );
    const explain = async (scans: 'on' | 'off', { name, values }: { name: string; values: string }) => {
      await client.query(`SET enable_seqscan = ${scans}; DISCARD PLANS`);
      const plan = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN EXECUTE "${name}"${values}`);
      return plan.rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    for (const row of rows)
      plans.set(row.statement, {
        asPlanned: await explain('on', row),
        byIndex: await explain('off', row),
      });
    // Nobody else is to meet these settings.
    client.release(true);
  }
  return plans;
}
