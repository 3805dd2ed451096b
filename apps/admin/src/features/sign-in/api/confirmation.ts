import { startPath } from './sign-in-options.ts';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Where a sign-in goes on that another site began, if the address of the sign-in page tells of one. */
export function confirmationIn(parameters: Pick<URLSearchParams, 'get'>): string | undefined {
  const id = parameters.get('confirm') ?? '';
  if (!UUID.test(id)) return undefined;
  return startPath({ id }, { email: parameters.get('login_hint') ?? '', next: parameters.get('next') });
}
