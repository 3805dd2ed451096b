/**
 * Milliseconds to wait before the given attempt (0 = first retry): 0.5 s doubling up to 30 s, with up to half of it
 * random so that many open pages don't return at once.
 */
export function backoffDelay(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(30_000, 500 * 2 ** attempt);
  return Math.round(ceiling * (0.5 + random() / 2));
}
