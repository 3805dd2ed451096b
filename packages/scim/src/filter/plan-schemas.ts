import { type BoundComparison, matchesFilter } from '@rollcall/scim-protocol';
import { anyOf, type FilterCombiner, noneOf, type Planned } from './planned-filter.ts';

/** A schema extension, and which resources have a value of it. */
export interface PlannedExtension<F> {
  urn: string;
  isPresent: Planned<F>;
}

/** Plans `schemas eq "urn:…"`: the core schema is always listed, an extension where it has a value (RFC 7643 §3). */
export function planSchemas<F>(
  combiner: FilterCombiner<F>,
  comparison: BoundComparison,
  coreUrn: string,
  extensions: readonly PlannedExtension<F>[] = [],
): Planned<F> {
  if (comparison.value === null) return comparison.operator === 'ne';
  const operator = comparison.operator === 'ne' ? 'eq' : comparison.operator;
  const isMeant = (urn: string) => matchesFilter({ ...comparison, operator }, { schemas: [urn] });
  const listed = extensions.filter(({ urn }) => isMeant(urn)).map(({ isPresent }) => isPresent);
  const plan = anyOf(combiner, [isMeant(coreUrn), ...listed]);
  return comparison.operator === 'ne' ? noneOf(combiner, plan) : plan;
}
