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

interface Kept {
  /** The names of what it answers. */
  readonly columns: readonly string[];
  readonly asPlanned: string;
  /** Where a table can be looked through in another way than from end to end, it is. */
  readonly byIndex: string;
}

/** What the connections of a pool have prepared, by statement; with plans that are good for all values. */
export async function statementsKept(pool: pg.Pool): Promise<Map<string, Kept>> {
  const clients = await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()));
  const kept = new Map<string, Kept>();
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
      kept.set(row.statement, {
        columns: await columnsAnswered(client, row.name),
        asPlanned: await explain('on', row),
        byIndex: await explain('off', row),
      });
    // Nobody else is to meet these settings.
    client.release(true);
  }
  return kept;
}

/** PostgreSQL 15 keeps no such names where a query could read them: it tells them to who asks for a description. */
const columnsAnswered = (client: pg.ClientBase, name: string): Promise<string[]> =>
  new Promise((resolve, reject) => {
    let columns: string[] = [];
    const description = {
      submit(connection: pg.Connection): void {
        connection.describe({ type: 'S', name }, true);
        connection.sync();
      },
      handleRowDescription({ fields }: { fields: { name: string }[] }): void {
        columns = fields.map((field) => field.name);
      },
      handleReadyForQuery: () => resolve(columns),
      handleError: reject,
    };
    client.query(description);
  });
