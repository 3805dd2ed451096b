/** A claim or attribute as the test of a sign-in shows it. */
export interface ToldClaim {
  readonly name: string;
  /** As JSON; null where it is not shown. */
  readonly value: string | null;
}

const MAX_CLAIMS = 100;
const MAX_NAME = 200;
const MAX_VALUE = 2000;
/** What could be used, or says nothing but numbers to check with. */
const HIDDEN = /secret|token|password|passwd|credential|nonce|_hash$|^jti$|^sid$|^uti$|^rh$/i;

/** What arrived, without what could be used by whoever reads it, and as much as fits on a page. */
export const toldClaims = (claims: Readonly<Record<string, unknown>>): ToldClaim[] =>
  Object.entries(claims)
    .slice(0, MAX_CLAIMS)
    .map(([name, value]) => ({
      name: name.slice(0, MAX_NAME),
      value: HIDDEN.test(name) ? null : (JSON.stringify(value)?.slice(0, MAX_VALUE) ?? null),
    }));
