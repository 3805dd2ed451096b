import type { Identity } from './identity.ts';

/** What providers write in `amr` (RFC 8176), or Entra ID in its claim of the same meaning, who asked for more than one factor. */
const METHODS: ReadonlySet<string> = new Set(['mfa', 'http://schemas.microsoft.com/claims/multipleauthn']);

/** What they answer as `acr`, or as the authentication context of SAML: REFEDS MFA, Entra ID, and the OpenID EAP profile. */
const CONTEXTS: ReadonlySet<string> = new Set([
  'https://refeds.org/profile/mfa',
  'http://schemas.microsoft.com/claims/multipleauthn',
  'phr',
  'phrh',
]);

/** Does the provider say that it asked for a second factor? */
export const saysMultiFactor = ({ acr, amr }: Pick<Identity, 'acr' | 'amr'>): boolean =>
  amr.some((method) => METHODS.has(method)) || (acr !== null && CONTEXTS.has(acr));
