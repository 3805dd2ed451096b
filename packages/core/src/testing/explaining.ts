import { type KyselyPlugin, RawNode } from 'kysely';
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
