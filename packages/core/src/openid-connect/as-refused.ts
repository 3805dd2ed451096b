import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import { FetchRefused } from '../guarded-fetch/fetch-refused.ts';
import { SignInRefused, type SingleSignOnRefusal } from '../single-sign-on/refusals.ts';

/** What went wrong with a provider as a refusal; what is none of its doing as it is. */
export function asRefused(error: unknown, reason: SingleSignOnRefusal): unknown {
  if (error instanceof SignInRefused || !(error instanceof Error)) return error;
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return refused(
      'PROVIDER_REFUSED',
      `The provider answered ${error.error}: ${error.error_description ?? 'without a description'}`,
      error,
    );
  const chain = causesOf(error);
  const fetching = chain.find((each) => each instanceof FetchRefused);
  if (fetching !== undefined) return refused('PROVIDER_UNREACHABLE', fetching.message, error);
  // Errors of the library name what they met with; all others are our own.
  if (!('code' in error)) return error;
  return refused(reason, chain.map(({ message }) => message).join(': '), error);
}

function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let each = error; each instanceof Error && chain.length < 5; each = each.cause) chain.push(each);
  return chain;
}

export const refused = (reason: SingleSignOnRefusal, detail: string, cause?: Error): SignInRefused =>
  new SignInRefused({ reason, detail }, { cause });
