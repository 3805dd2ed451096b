import { normalizeIP } from '@fastify/rate-limit';
import type { Core, RequestContext, RequestHeaders } from '@rollcall/core';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';

type CreateContext = Core['createContext'];

const MAX_KNOWN = 10_000;

/** Whose a request is before its credential is looked up: of the account that it belonged to last time, or of an address. */
export class RequestOwners {
  /** By the digest of the credential, as requests are counted by (`rateKey`), which nobody can guess: one account must not take the turns of another. */
  readonly #accounts = new LRUCache<string, string>({ max: MAX_KNOWN });

  ownerOf({ rateKey, ip }: FastifyRequest): string {
    return this.#accounts.get(rateKey) ?? normalizeIP(ip);
  }

  /** Authenticates as before, and remembers whose the credentials are. */
  watching(createContext: CreateContext): CreateContext {
    return async (headers: RequestHeaders, signal?: AbortSignal) => {
      const context = await createContext(headers, signal);
      const { credentialDigest, viewer } = context;
      if (credentialDigest !== undefined) this.#note(credentialDigest, ownerAs(viewer));
      return context;
    };
  }

  /** Whoever goes on with a credential that has ended is nobody of the account any more. */
  #note(credential: string, account: string | undefined): void {
    if (account === undefined) return void this.#accounts.delete(credential);
    this.#accounts.set(credential, account);
  }
}

/** Operators take turns of their own: their credential names another account with each request. */
function ownerAs(viewer: RequestContext['viewer']): string | undefined {
  if (viewer.kind === 'ANONYMOUS') return undefined;
  return viewer.kind === 'OPERATOR' ? viewer.kind : viewer.accountId;
}
