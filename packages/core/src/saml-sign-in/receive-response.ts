import type { Sql } from '../database/database.ts';
import { answeredRequest } from '../saml/answered-request.ts';
import type { VerifiedAssertion } from '../saml/assertion.ts';
import { ownKeyPairs } from '../saml/own-key-pairs.ts';
import { ProviderSaidNo, SamlRefused } from '../saml/saml-refused.ts';
import { verifyResponse } from '../saml/verify-response.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { sealerOf } from '../sealing/sealer-of.ts';
import { entityId, redirectUri } from '../sign-in-connections/urls.ts';
import { findUsedConnection } from '../single-sign-on/find-used-connection.ts';
import { refusalOf, SignInRefused, tellRefusal } from '../single-sign-on/refusals.ts';
import { isOpen, isTestState } from '../single-sign-on/sign-in-transactions.ts';
import { useOnce } from '../single-use/use-once.ts';
import { stateIn } from './request-id.ts';
import { keepAnswer, type SamlAnswer } from './saml-answers.ts';
import { type SamlConnection, samlOf } from './service-provider.ts';

/** Who posts an answer, and with what it is verified. */
export interface ReceiveScope {
  /** Writes at once, whatever becomes of the request. */
  readonly db: Sql;
  readonly sealer: Sealer | undefined;
  readonly adminUrl: string;
  readonly requestId: string;
  readonly address: string | undefined;
}

/** What a browser posted to the assertion consumer service. */
export interface PostedResponse {
  readonly signInConnectionId: string;
  /** The form field SAMLResponse. */
  readonly samlResponse: string;
}

/** What comes of it. */
export interface ReceivedResponse {
  /** With it the browser finishes the sign-in that it began; null where the provider began, and nobody is signed in. */
  readonly code: string | null;
}

/**
 * Verifies what a provider has a browser post. The post comes from another site, so the browser sends no cookie with it:
 * what was verified is kept until the browser comes for it from our own.
 *
 * @throws DomainError SIGN_IN_FAILED
 */
export async function receiveResponse(
  scope: ReceiveScope,
  posted: PostedResponse,
): Promise<ReceivedResponse> {
  const used = await findUsedConnection(scope.db, posted.signInConnectionId);
  if (used?.protocol !== 'SAML') throw refusalOf('CONNECTION');
  const connection = samlOf(used);
  const state = stateIn(answeredRequest(posted.samlResponse));
  if (state !== undefined && isTestState(state) && (await isOpen(scope.db, { connection, state })))
    return receiveTested(scope, { connection, state, samlResponse: posted.samlResponse });
  let subject: string | undefined;
  try {
    if (!connection.enabled)
      throw new SignInRefused({ reason: 'CONNECTION', detail: 'The sign-in connection is switched off.' });
    const assertion = await verified(scope, connection, posted.samlResponse);
    subject = assertion.nameId;
    if (assertion.inResponseTo === null) return unsolicited(connection);
    await assertUnused(scope.db, connection, assertion);
    const answer = { state: stateIn(assertion.inResponseTo) ?? '', assertion };
    return { code: await keepAnswer(scope.db, sealerOf(scope.sealer), { connection, answer }) };
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    throw await tellRefusal(scope.db, { ...scope, connection }, { subject, ...error.refused });
  }
}

interface TestedResponse {
  readonly connection: SamlConnection;
  readonly state: string;
  readonly samlResponse: string;
}

/** What a test came to is for whoever began it, also why an answer was not taken; no log tells it. */
async function receiveTested(
  scope: ReceiveScope,
  { connection, state, samlResponse }: TestedResponse,
): Promise<ReceivedResponse> {
  const keep = (answer: SamlAnswer) => keepAnswer(scope.db, sealerOf(scope.sealer), { connection, answer });
  try {
    const assertion = await verified(scope, connection, samlResponse);
    await assertUnused(scope.db, connection, assertion);
    return { code: await keep({ state, assertion }) };
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    return { code: await keep({ state, refused: error.refused }) };
  }
}

async function verified(
  { sealer, adminUrl }: ReceiveScope,
  connection: SamlConnection,
  samlResponse: string,
): Promise<VerifiedAssertion> {
  const { certificates, wantAssertionsSigned, wantResponseSigned } = connection.saml;
  const privateKeys = await Promise.all(
    ownKeyPairs(connection.saml).map(({ key }) => sealerOf(sealer).open(key, 'saml-key')),
  );
  try {
    return await verifyResponse(samlResponse, {
      issuer: connection.issuer,
      entityId: entityId(adminUrl, connection.id),
      acsUrl: redirectUri(adminUrl, connection),
      now: Date.now(),
      certificates,
      wantAssertionsSigned,
      wantResponseSigned,
      privateKeys,
    });
  } catch (error) {
    if (!(error instanceof SamlRefused)) throw error;
    const reason = error instanceof ProviderSaidNo ? 'PROVIDER_REFUSED' : 'PROVIDER_ANSWER';
    throw new SignInRefused({ reason, detail: error.message }, { cause: error });
  }
}

/** Somebody began at the provider. Nothing binds its answer to a browser, so it is an invitation to begin here and no more. */
function unsolicited({ saml }: SamlConnection): ReceivedResponse {
  if (saml.idpInitiated) return { code: null };
  throw new SignInRefused({
    reason: 'NOT_BEGUN',
    detail: 'The response answers no request (it has no InResponseTo), and idpInitiated is off.',
  });
}

async function assertUnused(
  db: Sql,
  { account_id: accountId, id }: SamlConnection,
  assertion: VerifiedAssertion,
): Promise<void> {
  const expiresAt = new Date(assertion.expiresAt);
  if (await useOnce(db, { accountId, parts: ['saml-assertion', id, assertion.id], expiresAt })) return;
  throw new SignInRefused({
    reason: 'PROVIDER_ANSWER',
    detail: `The assertion ${assertion.id} was used before.`,
  });
}
