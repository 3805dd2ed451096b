/** A generator whose `return` also ends what it is waiting for. */
export function stoppable<Item>(
  start: (signal: AbortSignal) => AsyncGenerator<Item>,
): AsyncIterableIterator<Item> {
  const stop = new AbortController();
  const items = start(stop.signal);
  return {
    next: () => items.next(),
    return() {
      stop.abort();
      return items.return(undefined);
    },
    throw(error) {
      stop.abort();
      return items.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
