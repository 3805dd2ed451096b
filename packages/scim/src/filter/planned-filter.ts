/** How filters of one GraphQL input type are combined. */
export interface FilterCombiner<F> {
  and(filters: F[]): F;
  or(filters: F[]): F;
  not(filter: F): F;
}

/**
 * A filter on its way to GraphQL. What is the same for every resource, such as `meta.resourceType eq "User"`, is
 * known before any resource is read: a boolean, which is folded away and never sent.
 */
export type Planned<F> = boolean | F;

/** All of them hold. */
export function allOf<F>(combiner: FilterCombiner<F>, plans: readonly Planned<F>[]): Planned<F> {
  const filters: F[] = [];
  for (const plan of plans) {
    if (plan === false) return false;
    if (plan !== true) filters.push(plan);
  }
  const [first] = filters;
  if (first === undefined) return true;
  return filters.length === 1 ? first : combiner.and(filters);
}

/** At least one of them holds. */
export function anyOf<F>(combiner: FilterCombiner<F>, plans: readonly Planned<F>[]): Planned<F> {
  const filters: F[] = [];
  for (const plan of plans) {
    if (plan === true) return true;
    if (plan !== false) filters.push(plan);
  }
  const [first] = filters;
  if (first === undefined) return false;
  return filters.length === 1 ? first : combiner.or(filters);
}

/** It does not hold. */
export function noneOf<F>(combiner: FilterCombiner<F>, plan: Planned<F>): Planned<F> {
  return typeof plan === 'boolean' ? !plan : combiner.not(plan);
}
