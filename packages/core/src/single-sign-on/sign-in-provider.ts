import type { UsedConnection } from './find-used-connection.ts';
import type { Identity } from './identity.ts';

/** What an answer is checked with. */
export interface ProviderChecks {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly maxAge: number | null;
}

/** What is asked of a provider. */
export interface ProviderRequest extends ProviderChecks {
  readonly loginHint: string | undefined;
  /** Is the person to authenticate anew, whatever session they have there? */
  readonly anew: boolean;
  /** The authentication contexts one of which is asked for; none for any. */
  readonly acrValues: readonly string[];
}

/** Where the browser goes, and what it sends there. */
export interface ProviderVisit {
  readonly url: string;
  /** Fields of a form to post there; null for an address to open. */
  readonly fields: Readonly<Record<string, string>> | null;
}

/** What the browser brought from the provider, before anybody knows whether this browser was sent there. */
export interface ProviderAnswer {
  /** Which sign-in it is the answer to, if it says so. */
  readonly state: string | null;
  /** Whom the provider means, where that was verified already. */
  readonly subject?: string;
  /** Who the provider says it is. @throws SignInRefused */
  identify(checks: ProviderChecks): Promise<Identity>;
}

/** Speaks one protocol with the identity providers of sign-in connections. What comes of it is the same for all. */
export interface SignInProvider {
  /** Where the browser goes to sign in. @throws SignInRefused */
  visit(connection: UsedConnection, request: ProviderRequest): Promise<ProviderVisit>;
  /** Reads the query with which the browser came back. @throws SignInRefused */
  answerOf(connection: UsedConnection, query: URLSearchParams): Promise<ProviderAnswer>;
  /** Where the browser goes to be signed out there as well; undefined where the provider has no such place. @throws SignInRefused */
  signOutUrl?(connection: UsedConnection, hint: string | null): Promise<string | undefined>;
}
