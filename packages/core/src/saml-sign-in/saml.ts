import type { Sql } from '../database/database.ts';
import type { VerifiedAssertion } from '../saml/assertion.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { sealerOf } from '../sealing/sealer-of.ts';
import { SignInRefused } from '../single-sign-on/refusals.ts';
import type { SignInProvider } from '../single-sign-on/sign-in-provider.ts';
import { identityOfAssertion } from './identity-of-assertion.ts';
import { requestIdOf } from './request-id.ts';
import { takeAnswer } from './saml-answers.ts';
import { samlOf, serviceProvider } from './service-provider.ts';

interface SamlOptions {
  readonly db: Sql;
  readonly sealer: Sealer | undefined;
  readonly adminUrl: string;
}

/** By what the provider knows the session. */
type SignOutHint = Pick<VerifiedAssertion, 'nameId' | 'nameIdFormat' | 'sessionIndex'>;

const UNSPECIFIED = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified';

/** Signs people in by SAML 2.0. */
export function saml({ db, sealer, adminUrl }: SamlOptions): SignInProvider {
  return {
    async visit(connection, { state, maxAge, anew, acrValues }) {
      const { saml: settings, ...used } = samlOf(connection);
      const privateKey = settings.signRequests
        ? await sealerOf(sealer).open(settings.ownKey, 'saml-key')
        : undefined;
      const isPosted = settings.ssoBinding === 'POST';
      const more = {
        generateUniqueId: () => requestIdOf(state),
        forceAuthn: anew || maxAge === 0,
        ...(acrValues.length > 0 && { disableRequestedAuthnContext: false, authnContext: [...acrValues] }),
        skipRequestCompression: isPosted,
      };
      const provider = serviceProvider({ ...used, saml: settings }, { adminUrl, privateKey, more });
      if (!isPosted) return { url: await provider.getAuthorizeUrlAsync('', undefined, {}), fields: null };
      const { SAMLRequest } = await provider.getAuthorizeMessageAsync('');
      return { url: settings.ssoUrl, fields: { SAMLRequest: String(SAMLRequest) } };
    },
    async signOutUrl(connection, hint) {
      const used = samlOf(connection);
      const { sloUrl, sloBinding, ownKey } = used.saml;
      if (sloUrl === null || sloBinding !== 'REDIRECT' || hint === null) return undefined;
      const privateKey = await sealerOf(sealer).open(ownKey, 'saml-key');
      const { nameId, nameIdFormat, sessionIndex } = JSON.parse(hint) as SignOutHint;
      const profile = {
        issuer: used.issuer,
        nameID: nameId,
        nameIDFormat: nameIdFormat ?? UNSPECIFIED,
        ...(sessionIndex !== null && { sessionIndex }),
      };
      return serviceProvider(used, { adminUrl, privateKey }).getLogoutUrlAsync(profile, '', {});
    },
    async answerOf(connection, query) {
      const used = samlOf(connection);
      const code = query.get('code');
      const answer =
        code === null ? undefined : await takeAnswer(db, sealerOf(sealer), { connection: used, code });
      if (answer === undefined) return { state: null, identify: unanswered };
      const { state } = answer;
      if ('refused' in answer)
        return { state, identify: () => Promise.reject(new SignInRefused(answer.refused)) };
      const { assertion } = answer;
      return {
        state,
        subject: assertion.nameId,
        identify: async () => identityOfAssertion(assertion, used),
      };
    },
  };
}

const unanswered = (): Promise<never> => Promise.reject(new Error('There is no answer to read.'));
