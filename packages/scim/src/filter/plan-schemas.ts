import { type BoundComparison, matchesFilter } from '@rollcall/scim-protocol';
import { type FilterCombiner, noneOf, type Planned } from './planned-filter.ts';
import { assertEquality } from './resource-reference.ts';

/** Plans `schemas eq "urn:…"`: the core schema is always listed, an extension where it has a value (RFC 7643 §3). */
export function planSchemas<F>(
  combiner: FilterCombiner<F>,
  comparison: BoundComparison,
  coreUrn: string,
  extension?: { urn: string; isPresent: Planned<F> },
): Planned<F> {
  const { operator, value, target } = comparison;
  assertEquality(operator, target.path);
  if (extension !== undefined && value === extension.urn) {
    return operator === 'eq' ? extension.isPresent : noneOf(combiner, extension.isPresent);
  }
  return matchesFilter(comparison, { schemas: [coreUrn] });
}
