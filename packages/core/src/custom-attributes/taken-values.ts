import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { DomainError } from '../errors/domain-error.ts';
import { valueTaken } from '../model/custom-attribute.entity.ts';
import type { AttributeDefinitions } from './definitions.ts';

/** Somebody to be created, and their values by the id of the definition. */
interface Newcomer {
  readonly position: number;
  readonly custom_attributes?: Readonly<Record<string, unknown>>;
}

interface TakenValue {
  readonly position: number;
  readonly path: string;
  readonly holder: string | null;
}

/**
 * Who of a batch is refused because somebody has a value of theirs that is unique, or somebody earlier in the batch is
 * to get it; by position. A statement only where such values are given. Who loses the race after this look is refused by
 * the index, and the batch with them.
 */
export async function takenValues(
  db: Sql,
  { all }: AttributeDefinitions,
  newcomers: readonly Newcomer[],
): Promise<ReadonlyMap<number, DomainError>> {
  const unique = all.filter(({ uniqueness }) => uniqueness === 'SERVER');
  const concerned = newcomers.flatMap(({ position, custom_attributes }) =>
    custom_attributes !== undefined && unique.some(({ id }) => id in custom_attributes)
      ? [{ position, custom_attributes }]
      : [],
  );
  const accountId = unique[0]?.account_id;
  if (accountId === undefined || concerned.length === 0) return new Map();
  const { rows } = await takenStatement(accountId, JSON.stringify(concerned)).execute(db);
  return new Map(rows.map(({ position, path, holder }) => [position, valueTaken(path, holder ?? undefined)]));
}

const takenStatement = (accountId: string, newcomers: string): RawBuilder<TakenValue> => sql`
  SELECT n.position, n.path, n.holder FROM (
    SELECT i.position, d.schema || ':' || d.name AS path, v.user_id AS holder,
      min(i.position) OVER (PARTITION BY d.id, k.value) AS first
    FROM custom_attributes d
    CROSS JOIN jsonb_to_recordset(${newcomers}::jsonb) AS i (position int, custom_attributes jsonb)
    CROSS JOIN LATERAL custom_attribute_keys(d.type, d.case_exact, i.custom_attributes -> d.id::text) k
    LEFT JOIN custom_attribute_values v ON v.account_id = d.account_id AND v.attribute_id = d.id
      AND v.value = k.value AND v.is_unique
    WHERE d.account_id = ${accountId}::uuid AND d.uniqueness = 'SERVER' AND i.custom_attributes ? d.id::text
  ) AS n WHERE n.holder IS NOT NULL OR n.position > n.first`;
