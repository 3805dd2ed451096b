import type { ChartItem } from './chart-item.ts';

export interface ChartPage {
  items: readonly ChartItem[];
  /** Where the next page goes on; undefined on the last. */
  after: string | undefined;
  total: number;
}

/** Where one view of the organization is read, as it is or as it was at a moment (ISO 8601). */
export interface ChartSource {
  /** A page of what stands under an item, or at the top. */
  level(
    parent: string | undefined,
    page: { first: number; after?: string | undefined; moment: string | undefined },
  ): Promise<ChartPage>;
  /** An item and those above it, nearest first; empty when there is none. */
  line(id: string, moment: string | undefined): Promise<readonly ChartItem[]>;
  /** The items with these ids, without those that are not there. */
  some(ids: readonly string[], moment: string | undefined): Promise<readonly ChartItem[]>;
}
