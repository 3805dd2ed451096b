import { apiLimits } from '@rollcall/core';
import { GraphQLError } from 'graphql';

/** Whose a socket is: the digest of the credential it was opened with, and the account, which an operator may not name. */
export interface SocketOwner {
  readonly credential: string;
  readonly accountId: string | null;
}

/** How many of something each holder has, and how many it may have at most. */
class Tally {
  readonly #max: number;
  readonly #counts = new Map<string, number>();

  constructor(max: number) {
    this.#max = max;
  }

  isFull(holder: string): boolean {
    return (this.#counts.get(holder) ?? 0) >= this.#max;
  }

  add(holder: string, change: 1 | -1): void {
    const count = (this.#counts.get(holder) ?? 0) + change;
    if (count > 0) this.#counts.set(holder, count);
    else this.#counts.delete(holder);
  }
}

/** What sockets and their subscriptions may take up in this process. */
export class LivePlaces {
  readonly #sockets = new Tally(apiLimits.maxSocketsPerCredential);
  readonly #ofCredentials = new Tally(apiLimits.maxSubscriptionsPerCredential);
  readonly #ofAccounts = new Tally(apiLimits.maxSubscriptionsPerAccount);

  /** Lets a socket in; undefined when its credential has as many as it may. */
  admit({ credential, accountId }: SocketOwner): SocketPlaces | undefined {
    if (this.#sockets.isFull(credential)) return undefined;
    this.#sockets.add(credential, 1);
    const account = accountId ?? 'operator';
    return new SocketPlaces({
      refusal: () => {
        if (this.#ofCredentials.isFull(credential)) return refusal('maxSubscriptionsPerCredential');
        return this.#ofAccounts.isFull(account) ? refusal('maxSubscriptionsPerAccount') : undefined;
      },
      add: (change) => {
        this.#ofCredentials.add(credential, change);
        this.#ofAccounts.add(account, change);
      },
      close: () => this.#sockets.add(credential, -1),
    });
  }
}

/** What one socket reports to the places of all. */
interface Totals {
  refusal(): GraphQLError | undefined;
  add(change: 1 | -1): void;
  close(): void;
}

/** The subscriptions of one socket. */
export class SocketPlaces {
  readonly #totals: Totals;
  /** By the id that the client gave; it may give one anew while the old subscription still ends. */
  readonly #taken = new Map<string, number>();
  #count = 0;
  #isOpen = true;

  constructor(totals: Totals) {
    this.#totals = totals;
  }

  /** Takes a place for a subscription, or says why there is none. */
  take(id: string): GraphQLError | undefined {
    const problem =
      this.#count >= apiLimits.maxSubscriptionsPerSocket
        ? refusal('maxSubscriptionsPerSocket')
        : this.#totals.refusal();
    if (problem !== undefined || !this.#isOpen) return problem;
    this.#change(id, 1);
    return undefined;
  }

  /** An operation with this id is over, which may have been a subscription. */
  release(id: string): void {
    if ((this.#taken.get(id) ?? 0) > 0) this.#change(id, -1);
  }

  /** The socket is gone, with all that was open on it. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (const [id, count] of this.#taken) for (let n = 0; n < count; n += 1) this.#change(id, -1);
    this.#totals.close();
  }

  #change(id: string, change: 1 | -1): void {
    const count = (this.#taken.get(id) ?? 0) + change;
    if (count > 0) this.#taken.set(id, count);
    else this.#taken.delete(id);
    this.#count += change;
    this.#totals.add(change);
  }
}

const holders = {
  maxSubscriptionsPerSocket: 'This socket has',
  maxSubscriptionsPerCredential: 'This credential has',
  maxSubscriptionsPerAccount: 'This account has',
} as const;

function refusal(name: keyof typeof holders): GraphQLError {
  const limit = apiLimits[name];
  return new GraphQLError(
    `${holders[name]} ${limit} subscriptions, as many as it may (limits.${name}). End some that are not needed: one can tell of everything.`,
    { extensions: { code: 'LIMIT_EXCEEDED', limit } },
  );
}
