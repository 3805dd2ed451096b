import { type RawBuilder, sql } from 'kysely';
import type { Assignments } from '../custom-attributes/assignments.ts';
import type { Param } from '../database/statement.ts';
import { pathOf } from '../model/custom-attribute.ts';

/** What an update does to custom attributes, as the statement takes it; JSON as its text. */
export interface CustomUpdate {
  readonly set: string;
  readonly cleared: readonly string[];
  readonly ids: readonly string[];
  readonly paths: readonly string[];
  readonly required: string;
}

/** The part of an update's values that is about custom attributes; undefined when it names none. */
export function toCustomUpdate(assignments: Assignments | undefined): CustomUpdate | undefined {
  if (assignments === undefined || assignments.each.length === 0) return undefined;
  const { each, required } = assignments;
  const given = each.filter(({ value }) => value !== null);
  return {
    set: JSON.stringify(Object.fromEntries(given.map(({ definition, value }) => [definition.id, value]))),
    cleared: each.filter(({ value }) => value === null).map(({ definition }) => definition.id),
    ids: each.map(({ definition }) => definition.id),
    paths: each.map(({ definition }) => pathOf(definition)),
    required: JSON.stringify(required),
  };
}

type CustomParam = Param<{ readonly custom?: CustomUpdate | undefined }>;

/** The values of the user `u` after the update, NULL where there is none. */
export const customValuesAfter = (param: CustomParam): RawBuilder<unknown> =>
  sql`nullif((coalesce(u.custom_attributes, '{}') - ${param('custom', 'cleared')}::text[])
    || ${param('custom', 'set')}::jsonb, '{}')`;

/** The paths of what the row `alias`, whose values are to be `custom_after`, would lack; a text[]. */
export const lackingAttributes = (alias: string, param: CustomParam): RawBuilder<unknown> => {
  const after = sql.ref(`${alias}.custom_after`);
  return sql`ARRAY(SELECT q.path FROM jsonb_to_recordset(${param('custom', 'required')}::jsonb)
      AS q (id text, path text, members text[]) WHERE ${after} ?| q.members AND NOT ${after} ? q.id)`;
};

/** The changes that an event tells of the rows `before` and `after`, as jsonb. */
export const customChanges = (before: string, after: string, param: CustomParam): RawBuilder<unknown> => {
  const value = (alias: string) => sql`${sql.ref(`${alias}.custom_attributes`)} -> f.id`;
  return sql`(SELECT coalesce(jsonb_agg(jsonb_build_object('field', f.path, 'before', ${value(before)}, 'after', ${value(after)})), '[]')
    FROM unnest(${param('custom', 'ids')}::text[], ${param('custom', 'paths')}::text[]) AS f (id, path)
    WHERE ${value(before)} IS DISTINCT FROM ${value(after)})`;
};
