import type { CycleName, Phase } from './progress-event.ts';
import { RequestFailed, type Session } from './session.ts';

/** How often each outcome was reached, such as `{ created: 3, unchanged: 97 }`. */
export type OutcomeCounts = Readonly<Record<string, number>>;

interface PhaseWork<Item> {
  readonly cycle: CycleName;
  readonly phase: Phase;
  readonly items: readonly Item[];
  /** Syncs one item and says what came of it. */
  readonly sync: (item: Item) => Promise<string>;
}

/**
 * Syncs the items with as many workers as the session allows and counts the outcomes.
 * An item whose request failed counts as `failed`; any other error stops all workers and is thrown.
 */
export async function forEach<Item>(session: Session, work: PhaseWork<Item>): Promise<OutcomeCounts> {
  const { cycle, phase, items } = work;
  const counts: Record<string, number> = {};
  let next = 0;
  let done = 0;
  session.onProgress({ cycle, phase, done, total: items.length });
  const worker = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) {
      const outcome = await outcomeOf(work, item);
      counts[outcome] = (counts[outcome] ?? 0) + 1;
      done += 1;
      session.onProgress({ cycle, phase, done, total: items.length });
    }
  };
  const workers = Array.from({ length: session.concurrency }, async () => {
    try {
      await worker();
    } catch (error) {
      next = items.length;
      throw error;
    }
  });
  const ended = await Promise.allSettled(workers);
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  return counts;
}

async function outcomeOf<Item>(work: PhaseWork<Item>, item: Item): Promise<string> {
  try {
    return await work.sync(item);
  } catch (error) {
    if (error instanceof RequestFailed) return 'failed';
    throw error;
  }
}
