import type { ChartItem } from './chart-item.ts';

export interface ChartPage {
  items: readonly ChartItem[];
  /** Where the next page goes on; undefined on the last. */
  after: string | undefined;
}

export interface LevelPage extends ChartPage {
  /** How many stand on the level, on all pages. */
  total: number;
}

interface PageRequest {
  first: number;
  after?: string | undefined;
  moment: string | undefined;
}

/** Where one view of the organization is read, as it is or as it was at a moment (ISO 8601). */
export interface ChartSource {
  /** A page of what stands under an item, or at the top. */
  level(parent: string | undefined, page: PageRequest): Promise<LevelPage>;
  /** The first page of what stands under each of these items; who is not there has none. */
  levels(
    parents: readonly string[],
    page: Omit<PageRequest, 'after'>,
  ): Promise<ReadonlyMap<string, LevelPage>>;
  /** An item and those above it, nearest first; empty when there is none. */
  line(id: string, moment: string | undefined): Promise<readonly ChartItem[]>;
  /** The items with these ids, without those that are not there. */
  some(ids: readonly string[], moment: string | undefined): Promise<readonly ChartItem[]>;
  /** A page of everything, whatever its level. */
  all(page: PageRequest): Promise<ChartPage>;
}
