/** Bytes that one request holds. */
export interface Hold {
  /** Holds so many in all; false, and none more than before, when there is no room. */
  growTo(bytes: number): boolean;
  release(): void;
}

/**
 * Memory that owners share without one taking the room of the others: each may hold half as much as is still free. An owner
 * who is alone so has a third at most; and however many there are, the next one finds room.
 */
export class HeldBytes {
  static readonly most = 480 * 1024 * 1024;
  /** What one owner can come to. */
  static readonly mostOfOne = HeldBytes.most / 3;

  #all = 0;
  readonly #ofOwners = new Map<string, number>();

  /** Nothing yet. */
  hold(owner: string): Hold {
    let own = 0;
    let released = false;
    return {
      growTo: (bytes) => {
        if (bytes <= own || released) return true;
        if (!this.#add(owner, bytes - own)) return false;
        own = bytes;
        return true;
      },
      release: () => {
        released = true;
        this.#remove(owner, own);
        own = 0;
      },
    };
  }

  #add(owner: string, bytes: number): boolean {
    const all = this.#all + bytes;
    const ofOwner = this.#of(owner) + bytes;
    if (ofOwner > (HeldBytes.most - all) / 2) return false;
    this.#all = all;
    this.#ofOwners.set(owner, ofOwner);
    return true;
  }

  #remove(owner: string, bytes: number): void {
    this.#all -= bytes;
    const left = this.#of(owner) - bytes;
    if (left === 0) this.#ofOwners.delete(owner);
    else this.#ofOwners.set(owner, left);
  }

  #of(owner: string): number {
    return this.#ofOwners.get(owner) ?? 0;
  }
}
