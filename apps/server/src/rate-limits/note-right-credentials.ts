import type { Core, RequestHeaders } from '@rollcall/core';
import type { RateLimiter } from './rate-limiter.ts';

type CreateContext = Core['createContext'];

/** Authenticates as the core does, and lets the limiter know whose credentials are right. */
export const watchedContexts =
  (core: Core, limiter: RateLimiter): CreateContext =>
  async (headers: RequestHeaders, signal?: AbortSignal) => {
    const context = await core.createContext(headers, signal);
    const { authorization } = headers;
    if (authorization !== undefined && context.viewer.kind !== 'ANONYMOUS') limiter.noteRight(authorization);
    return context;
  };
