import { normalizeIP } from '@fastify/rate-limit';
import type { Core, RequestContext, RequestHeaders } from '@rollcall/core';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { scimCredential } from '../credentials.ts';
import { digestOf } from '../rate-limits/credential.ts';

type CreateContext = Core['createContext'];

const MAX_KNOWN = 10_000;

/** Whose a request is before its credential is looked up: of the account that it belonged to last time, or of an address. */
export class RequestOwners {
  /** By the digest of the credential, which nobody can guess: one account must not take the turns of another. */
  readonly #accounts = new LRUCache<string, string>({ max: MAX_KNOWN });

  ownerOf({ rateKey, ip }: FastifyRequest): string {
    return this.#accounts.get(rateKey) ?? normalizeIP(ip);
  }

  /** Authenticates as before, and remembers whose the credentials are; once for all that the same request asks. */
  watching(createContext: CreateContext): CreateContext {
    const noted = new WeakSet<RequestHeaders>();
    return async (headers: RequestHeaders, signal?: AbortSignal) => {
      const context = await createContext(headers, signal);
      if (noted.has(headers)) return context;
      noted.add(headers);
      const credential = scimCredential({ authorization: headers.authorization });
      if (credential !== undefined) this.#note(digestOf(credential), ownerAs(context.viewer));
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
