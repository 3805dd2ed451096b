import type { Sql } from '../database/database.ts';
import type { SignInProtocol } from '../model/sign-in-connection.entity.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { sealerOf } from '../sealing/sealer-of.ts';
import { isRandomText, newRandomText } from '../text/random-text.ts';
import { findUsedConnection, type UsedConnection } from './find-used-connection.ts';
import { refusalOf, SignInRefused, tellRefusal } from './refusals.ts';
import { returnPathOf } from './return-path.ts';
import type { SignInProvider } from './sign-in-provider.ts';
import {
  beginTransaction,
  newState,
  type ProofAsked,
  purposeOf,
  TRANSACTION_SECONDS,
} from './sign-in-transactions.ts';

/** By which protocols people are signed in. */
export type SignInProviders = Readonly<Record<SignInProtocol, SignInProvider>>;

/** Who wants to sign in, and with what that is done. */
export interface SingleSignOnScope {
  /** Writes at once, whatever becomes of the request. */
  readonly db: Sql;
  readonly providers: SignInProviders;
  readonly sealer: Sealer | undefined;
  readonly adminUrl: string;
  readonly requestId: string;
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
}

export interface SingleSignOnRequest {
  readonly signInConnectionId: string;
  /** Who the provider has to be, where it sent the person itself (OpenID Connect Core §4). */
  readonly issuer?: string | null;
  readonly loginHint?: string | null;
  /** Where to go then: a path, or an address of ours. */
  readonly returnTo?: string | null;
  /** What the browser got when it began before. */
  readonly browserSecret?: string | null;
}

export interface BegunSingleSignOn {
  /** Where the browser goes now. */
  readonly redirectUrl: string;
  /** What it posts there, as fields of a form; null where it only opens the address. */
  readonly formFields: Readonly<Record<string, string>> | null;
  /** What the browser has to come back with. */
  readonly browserSecret: string;
  readonly expiresInSeconds: number;
}

/** As long as an e-mail address can be, and some. */
const MAX_LOGIN_HINT = 512;
const MAX_RETURN_TO = 2048;

/** Begins to sign somebody in at their provider. @throws DomainError SIGN_IN_FAILED */
export async function beginSingleSignOn(
  scope: SingleSignOnScope,
  request: SingleSignOnRequest,
): Promise<BegunSingleSignOn> {
  const connection = await findUsedConnection(scope.db, request.signInConnectionId);
  if (connection === undefined) throw refusalOf('CONNECTION');
  try {
    return await begin(scope, connection, request);
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    throw await tellRefusal(scope.db, { ...scope, connection }, error.refused);
  }
}

async function begin(
  scope: SingleSignOnScope,
  connection: UsedConnection,
  { issuer, loginHint, returnTo, browserSecret }: SingleSignOnRequest,
): Promise<BegunSingleSignOn> {
  if (!connection.enabled) throw refused('CONNECTION', 'The sign-in connection is switched off.');
  if (issuer != null && issuer !== connection.issuer)
    throw refused(
      'REQUEST',
      `iss: ${issuer} is not the issuer of this sign-in connection, ${connection.issuer}.`,
    );
  if ((loginHint?.length ?? 0) > MAX_LOGIN_HINT)
    throw refused('REQUEST', `login_hint: is longer than ${MAX_LOGIN_HINT} characters.`);
  const returnPath = returnTo == null ? null : checkReturnPath(returnTo, scope.adminUrl);
  return goToProvider(scope, connection, { loginHint, returnPath, browserSecret });
}

interface WayToProvider {
  readonly loginHint?: string | null | undefined;
  readonly returnPath?: string | null;
  readonly browserSecret?: string | null | undefined;
  readonly test?: { readonly userId: string };
  readonly proof?: ProofAsked;
}

/** Remembers the sign-in for its browser, and answers where that goes. @throws SignInRefused */
export async function goToProvider(
  { db, providers, sealer }: SingleSignOnScope,
  connection: UsedConnection,
  { loginHint, returnPath = null, browserSecret: before, test, proof }: WayToProvider,
): Promise<BegunSingleSignOn> {
  const browserSecret = before != null && isRandomText(before) ? before : newRandomText();
  const checks = {
    state: newState(purposeOf({ test, proof })),
    nonce: newRandomText(),
    codeVerifier: newRandomText(),
    maxAge: connection.max_age,
  };
  const { url, fields } = await providers[connection.protocol].visit(connection, {
    ...checks,
    loginHint: loginHint ?? undefined,
    anew: proof !== undefined,
    acrValues: proof?.acrValues ?? [],
  });
  const transaction = { ...checks, returnPath, test, proof, connection, browserSecret };
  await beginTransaction(db, sealerOf(sealer), transaction);
  return { redirectUrl: url, formFields: fields, browserSecret, expiresInSeconds: TRANSACTION_SECONDS };
}

/** Where somebody goes then. @throws SignInRefused where that is elsewhere */
export function checkReturnPath(returnTo: string, adminUrl: string): string {
  const path = returnTo.length > MAX_RETURN_TO ? undefined : returnPathOf(returnTo, adminUrl);
  if (path !== undefined) return path;
  throw refused('REQUEST', `target_link_uri: ${returnTo} is no address within ${adminUrl}.`);
}

const refused = (reason: 'CONNECTION' | 'REQUEST', detail: string): SignInRefused =>
  new SignInRefused({ reason, detail });
