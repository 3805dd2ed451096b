import { sql } from 'kysely';
import type { AttributeDefinition } from '../model/custom-attribute.ts';
import type { OrderKey } from '../pages/list-order.ts';
import { counted } from '../text/counted-text.ts';
import { comparedInstant } from './compared-instant.ts';

/** People by a custom attribute; of several values the first counts (RFC 7644 §3.4.2.3). */
export function customAttributeKey({ id, type, multi_valued, case_exact }: AttributeDefinition): OrderKey {
  const stored = sql`u.custom_attributes -> ${id}::text`;
  const text = sql`(${multi_valued ? sql`(${stored}) -> 0` : stored} #>> '{}')`;
  switch (type) {
    case 'INTEGER':
    case 'DECIMAL':
      return { expression: sql`${text}::numeric`, type: 'numeric', nullable: true };
    case 'DATE_TIME':
      return { expression: comparedInstant(text), type: 'timestamptz', nullable: true };
    default:
      return { expression: counted(text, { exact: case_exact }), type: 'text', nullable: true };
  }
}
