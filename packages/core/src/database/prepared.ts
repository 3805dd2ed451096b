import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** How many texts that depend on the request are prepared: each costs memory on every connection. */
const MAX_REQUESTED = 200;
/** How many texts are remembered as seen once. */
const MAX_SEEN = 2000;

const fixed = new Set<string>();

/** Says that a text doesn't depend on what is asked, so that there are only a few like it. */
export function markFixed(text: string): void {
  fixed.add(text);
}

/**
 * Names the statements worth preparing: the fixed ones, and of those whose text depends on the request (a filter, the
 * columns of an update) the ones that come again, up to a number: who sends ever new filters fills no server's memory.
 */
export class PreparedNames {
  readonly #names = new Map<string, string>();
  readonly #seenOnce = new LRUCache<string, true>({ max: MAX_SEEN });
  #requested = 0;

  /** The name to prepare `text` under; undefined when it is to be sent as it is. */
  nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (!fixed.has(text)) {
      if (this.#requested >= MAX_REQUESTED || !this.#comesAgain(text)) return undefined;
      this.#requested += 1;
    }
    const name = `s_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    this.#names.set(text, name);
    return name;
  }

  #comesAgain(text: string): boolean {
    if (this.#seenOnce.delete(text)) return true;
    this.#seenOnce.set(text, true);
    return false;
  }
}
