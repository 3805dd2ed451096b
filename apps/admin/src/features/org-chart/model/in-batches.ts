export interface Batches<T> {
  add(each: T): void;
  /** What has been gathered is forgotten, and nothing is handed on any more. */
  stop(): void;
  isStopped(): boolean;
}

/** Gathers what comes within a while and hands it on together, one batch after the other; whoever takes them never fails. */
export function inBatches<T>(milliseconds: number, hand: (batch: readonly T[]) => Promise<void>): Batches<T> {
  let gathered: T[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const flush = async () => {
    const batch = gathered;
    gathered = [];
    await hand(batch);
    timer = gathered.length > 0 ? setTimeout(flush, milliseconds) : undefined;
  };
  return {
    add(each) {
      if (stopped) return;
      gathered.push(each);
      timer ??= setTimeout(flush, milliseconds);
    },
    stop() {
      stopped = true;
      gathered = [];
      clearTimeout(timer);
    },
    isStopped: () => stopped,
  };
}
