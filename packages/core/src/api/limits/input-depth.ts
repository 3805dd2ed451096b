import { apiLimits, limitExceeded } from './limits.ts';

/** Throws LIMIT_EXCEEDED when variables nest deeper than is published. However deep they nest, no stack overflows. */
export function assertShallow(variables: Readonly<Record<string, unknown>>): void {
  let level: unknown[] = Object.values(variables);
  for (let depth = 1; level.length > 0; depth += 1) {
    const nested = level.filter((value) => typeof value === 'object' && value !== null);
    if (nested.length > 0) assertInputDepth(depth);
    level = nested.flatMap((value) => Object.values(value as object));
  }
}

/** Throws LIMIT_EXCEEDED when a value has more levels of lists and objects than is published. */
export function assertInputDepth(depth: number): void {
  const limit = apiLimits.maxInputDepth;
  if (depth <= limit) return;
  throw limitExceeded(
    `A value nests deeper than the ${limit} levels that are allowed. Say it in fewer levels.`,
    {
      limit,
    },
  );
}
