import type { Core, RequestContext, RequestHeaders } from '@rollcall/core';

/** A credential that a socket lives by. */
export interface WatchedAccess {
  readonly core: Core;
  readonly headers: RequestHeaders;
  readonly context: RequestContext;
  /** Called when the credential is no longer valid. */
  readonly end: () => void;
}

/** How late an end may be noticed that nobody tells of: an expiry, or one told while the line for notices was down. */
export const CHECK_EVERY_MS = 1000;

/** Calls back when a credential stops being valid, by an act or by time; gives what stops the watch. */
export function watchAccess({ core, headers, context, end }: WatchedAccess): () => void {
  const stopHearing = core.onAccessEnded(context, end);
  let checking = false;
  const timer = setInterval(async () => {
    // While the database does not answer, nothing is known, and one question is enough.
    if (checking) return;
    checking = true;
    const { viewer } = await core.createContext(headers).catch(() => context);
    checking = false;
    if (viewer.kind === 'ANONYMOUS') end();
  }, CHECK_EVERY_MS);
  return () => {
    clearInterval(timer);
    stopHearing();
  };
}
