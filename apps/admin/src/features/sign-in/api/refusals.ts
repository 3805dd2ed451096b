import type { AuthFailure } from './post-auth.ts';

/** Why a sign-in at an identity provider was refused, by what the address says of it; never in its words. */
const sentences = new Map([
  [
    'CONNECTION',
    'There is no sign-in connection at this address, or it is switched off. Sign in here, or ask your admin.',
  ],
  [
    'REQUEST',
    'The link that brought you here asks for something that this sign-in does not do. Sign in here.',
  ],
  [
    'NOT_BEGUN',
    'That sign-in was not begun in this browser, was used before, or took longer than ten minutes. Sign in again.',
  ],
  ['PROVIDER_REFUSED', 'Your identity provider did not sign you in. Try again, or ask your admin.'],
  [
    'PROVIDER_UNREACHABLE',
    'Your identity provider can not be asked just now, or is not set up rightly. Try again in a few minutes, or ask your admin.',
  ],
  [
    'PROVIDER_ANSWER',
    'What your identity provider answered can not be trusted, so you are not signed in. Try again, or ask your admin.',
  ],
  [
    'NOBODY',
    'Your identity provider knows you, but nobody here is linked to you yet. Ask your admin to let you in.',
  ],
  [
    'SECOND_FACTOR',
    'Your account asks for a second factor, and your identity provider does not say that it asked you for one. Ask your admin.',
  ],
  ['ENDED', 'Your identity provider has just ended the session that you come from. Sign in again.'],
  ['RATE_LIMITED', 'There were too many sign-ins from your network just now. Try again in a minute.'],
  ['NOT_ACTIVE', 'You are switched off here. Ask your admin.'],
]);

const OTHER = 'You could not be signed in just now. Try again; if it stays, tell your admin the request.';
const REQUEST_ID = /^[\w.-]{1,100}$/;

/** What the address of the sign-in page says of a sign-in that was refused. */
export function refusalIn(parameters: Pick<URLSearchParams, 'get'>): AuthFailure | undefined {
  const code = parameters.get('refused');
  if (code === null) return undefined;
  const request = parameters.get('request') ?? '';
  return {
    code: 'SIGN_IN_FAILED',
    message: sentences.get(code) ?? OTHER,
    ...(REQUEST_ID.test(request) && { requestId: request }),
  };
}
