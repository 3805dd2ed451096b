import { DomainError } from '../../errors/domain-error.ts';
import type { RequestContext } from './request-context.ts';

/** The items of a batch, or LIMIT_EXCEEDED when there are more than the published limit. */
export function batchOf<Item>(
  items: readonly Item[],
  field: string,
  { platform }: RequestContext,
): readonly Item[] {
  const limit = platform.limits.maxBatchSize;
  if (items.length <= limit) return items;
  throw new DomainError(
    'LIMIT_EXCEEDED',
    `${field}: has ${items.length} items; at most ${limit} go in one batch. Send several.`,
    {
      field,
      limit,
    },
  );
}
