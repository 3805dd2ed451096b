import type { ChartItem } from './chart-item.ts';
import type { ChartSource } from './chart-source.ts';

/** The largest page that the server gives. */
const pageSize = 500;

interface Options {
  /** Now when undefined: whoever changes meanwhile is read as they are by then, and nobody twice. */
  moment: string | undefined;
  onProgress(read: number): void;
  signal: AbortSignal;
}

/** Reads everybody, or every team, page by page. @throws the signal's reason when it is aborted */
export async function readWholeChart(
  source: ChartSource,
  { moment, onProgress, signal }: Options,
): Promise<ChartItem[]> {
  const items: ChartItem[] = [];
  let after: string | undefined;
  do {
    signal.throwIfAborted();
    const page = await source.all({ first: pageSize, after, moment });
    items.push(...page.items);
    onProgress(items.length);
    ({ after } = page);
  } while (after !== undefined);
  signal.throwIfAborted();
  return items;
}
