import type { JsonObject, ResourcePage } from '@rollcall/scim-protocol';
import type { ResourceList } from './resource-list.ts';

const largestInt = 2_147_483_647;

/** Reads a page by index (RFC 7644 §3.4.2.4) across lists, as if they were one after the other. */
export async function readIndexPage(
  lists: readonly ResourceList[],
  { startIndex, count }: { startIndex: number; count: number },
): Promise<ResourcePage> {
  const resources: JsonObject[] = [];
  let totalResults = 0;
  for (const list of lists) {
    const first = count - resources.length;
    if (first === 0) {
      totalResults += await list.count();
      continue;
    }
    // A start beyond GraphQL's numbers is beyond every list.
    const offset = Math.min(Math.max(startIndex - 1 - totalResults, 0), largestInt);
    const part = await list.read({ first, offset });
    resources.push(...part.resources);
    totalResults += part.totalCount;
  }
  return { resources, totalResults, startIndex };
}
