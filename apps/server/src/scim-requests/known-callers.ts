import type { Caller, Core, RequestContext, RequestHeaders } from '@rollcall/core';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';

type CreateContext = Core['createContext'];

const MAX_KNOWN = 10_000;

/**
 * Whose requests are: who has a credential has it for one account. One that has ended is still theirs who had it, so that its
 * refusals are told to them; of nobody who made one up anything is known.
 */
export class KnownCallers {
  /** By the digest of the credential, as requests are counted by (`rateKey`). */
  readonly #callers = new LRUCache<string, Caller>({ max: MAX_KNOWN });

  callerOf({ rateKey }: FastifyRequest): Caller | undefined {
    return this.#callers.get(rateKey);
  }

  /** Authenticates as before, and remembers whose the credentials are. */
  watching(createContext: CreateContext): CreateContext {
    return async (headers: RequestHeaders, signal?: AbortSignal) => {
      const context = await createContext(headers, signal);
      const { credentialDigest, viewer } = context;
      const caller = callerIn(viewer);
      if (credentialDigest !== undefined && caller !== undefined) this.#callers.set(credentialDigest, caller);
      return context;
    };
  }
}

/** Operators act in another account with each request, and are no identity provider of any. */
function callerIn(viewer: RequestContext['viewer']): Caller | undefined {
  const { kind } = viewer;
  if (kind === 'TOKEN')
    return { accountId: viewer.accountId, connectionId: viewer.connectionId, tokenId: viewer.tokenId };
  return kind === 'USER' ? { accountId: viewer.accountId, connectionId: null, tokenId: null } : undefined;
}
