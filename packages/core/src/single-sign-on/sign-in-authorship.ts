import type { Authorship } from '../model/event.ts';

/** Nobody has signed in yet, or a provider ends what it began, so it is the doing of the platform. */
export const signInAuthorship = (accountId: string, requestId: string): Authorship => ({
  accountId,
  actor: { kind: 'SYSTEM', id: null, name: 'Sign-in' },
  connectionId: null,
  requestId,
});
