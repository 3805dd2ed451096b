import type DataLoader from 'dataloader';
import { DomainError } from '../../errors/domain-error.ts';
import { MAX_IDS } from '../../pages/page.ts';
import { isUuid } from '../../text/uuid.ts';

/** What there is of these ids, in their order; one statement. Throws LIMIT_EXCEEDED when they are too many. */
export async function findByIds<Row>(
  byId: DataLoader<string, Row | undefined>,
  ids: readonly string[],
): Promise<Row[]> {
  if (ids.length > MAX_IDS)
    throw new DomainError(
      'LIMIT_EXCEEDED',
      `ids: has ${ids.length} ids; it can have ${MAX_IDS} at most. Ask for the others in another request.`,
      { field: 'ids', limit: MAX_IDS },
    );
  const found = await Promise.all(ids.filter(isUuid).map((id) => byId.load(id.toLowerCase())));
  return found.filter((row) => row !== undefined);
}
