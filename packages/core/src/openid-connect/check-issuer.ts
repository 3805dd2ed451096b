import { DomainError } from '../errors/domain-error.ts';
import type { GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import { checkIssuer } from '../sign-in-connections/sign-in-connection-rules.ts';
import { SignInRefused } from '../single-sign-on/refusals.ts';
import { asRefused } from './as-refused.ts';
import { discover } from './discover.ts';

/** Asks whether an issuer answers as one of OpenID Connect does; says in a sentence why not, and null where it does. */
export async function problemOfIssuer(fetch: GuardedFetch, issuer: string): Promise<string | null> {
  try {
    await discover(fetch, { issuer: checkIssuer(issuer, fetch), clientId: 'nobody', secret: 'nothing' });
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.message.replace(/^issuer: /, 'The issuer ');
    const refusal = asRefused(error, 'PROVIDER_UNREACHABLE');
    if (refusal instanceof SignInRefused) return refusal.refused.detail;
    throw error;
  }
}
