import type { JsonObject } from '../json.ts';
import { LIST_RESPONSE } from '../schema/urns.ts';

/** One page of resources and its place among all. */
export interface ResourcePage {
  readonly resources: readonly JsonObject[];
  /** All resources that match, on whatever page; RFC 9865 §2 allows to leave it out with cursors. */
  readonly totalResults?: number;
  /** 1-based; left out with cursors. */
  readonly startIndex?: number;
  /** Left out on the last page only (RFC 9865 §2). */
  readonly nextCursor?: string;
  /** Left out on the first page (RFC 9865 §2). */
  readonly previousCursor?: string;
}

/** Builds a list response; itemsPerPage is the number returned, not the number asked for (RFC 7644 §3.4.2). */
export function listResponse(page: ResourcePage): JsonObject {
  const { resources, totalResults, startIndex, nextCursor, previousCursor } = page;
  return {
    schemas: [LIST_RESPONSE],
    ...(totalResults === undefined ? {} : { totalResults }),
    itemsPerPage: resources.length,
    ...(startIndex === undefined ? {} : { startIndex }),
    ...(previousCursor === undefined ? {} : { previousCursor }),
    ...(nextCursor === undefined ? {} : { nextCursor }),
    Resources: [...resources],
  };
}
