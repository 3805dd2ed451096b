import { type EnterpriseDemand, testsIn } from './enterprise-demand.ts';

const singleSignOn = (file: string) => `apps/server/test/single-sign-on/${file}.test.ts`;
const saml = (file: string) => `apps/server/test/saml/${file}.test.ts`;

/** IPSIE SL1 and SL2: sessions by OpenID Connect, and to the same ends by SAML. */
export const ipsieSessions: readonly EnterpriseDemand[] = [
  {
    level: 'SL1',
    demands:
      'Authorization code with PKCE S256, bound to the browser that began; a `nonce` of at most 64 characters',
    met: '`state`, `nonce` and challenge are of one sign-in, for ten minutes, once, in the browser with its cookie',
    shownBy: testsIn(
      singleSignOn('attacks'),
      'what is asked of the provider is bound to the browser, fresh, and within the limits of the standard',
      'the code is exchanged with the verifier of the challenge',
      'in another browser is refused, and stays good in its own',
      'that is used again is refused',
    ),
  },
  {
    level: 'SL1',
    demands: 'The `iss` of the response is checked (RFC 9207)',
    met: 'before the code is sent anywhere',
    shownBy: testsIn(
      singleSignOn('attacks'),
      'of another provider (mix-up) is refused by its iss, before the code is sent anywhere',
    ),
  },
  {
    level: 'SL1',
    demands: 'Metadata from discovery alone, whose issuer is the same',
    met: 'addresses and keys are never typed in',
    shownBy: testsIn(
      singleSignOn('providers'),
      'that names another issuer than it was set up with is not asked',
    ),
  },
  {
    level: 'SL1',
    demands: '`aud` is one text, the client id',
    met: 'a list is refused, also one of one',
    shownBy: testsIn(singleSignOn('attacks'), '%s is not taken'),
  },
  {
    level: 'SL1',
    demands: 'No open redirect',
    met: 'people come to paths of the admin alone',
    shownBy: [
      ...testsIn(singleSignOn('attacks'), 'in %s, %j, is refused when it leads elsewhere'),
      ...testsIn(saml('attacks'), 'goes nowhere but to our pages, whatever RelayState says'),
    ],
  },
  {
    level: 'SL1',
    demands: 'A sign-in that the provider begins (OpenID Connect Core §4), its target checked',
    met: '`initiateLoginUri` by GET and by POST; whoever is signed in is asked first',
    shownBy: [
      ...testsIn(
        singleSignOn('attacks'),
        'within our pages is where the person comes to',
        'is asked for by the provider itself, and by no other',
      ),
      ...testsIn(
        singleSignOn('sign-out'),
        'a provider begins a sign-in by a form as well, which is asked about where somebody is signed in',
      ),
    ],
  },
  {
    level: 'SL1',
    demands: '`max_age` where the account asks for it',
    met: 'sent, and checked against `auth_time`; by SAML against AuthnInstant',
    shownBy: [
      ...testsIn(singleSignOn('attacks'), 'older than max_age, or that does not say, is not taken'),
      ...testsIn(saml('attacks'), '%s is refused'),
    ],
  },
  {
    level: 'SL1',
    demands: '`acr`, `amr` and `auth_time` are kept with the session and shown',
    met: 'with the session, and told by the event `USER_SIGNED_IN`; of SAML AuthnContextClassRef and AuthnInstant',
    shownBy: [
      ...testsIn(singleSignOn('attacks'), 'how the person proved who they are is kept and told'),
      ...testsIn(saml('sign-in'), 'whom the provider signs in is signed in, with what it said of them'),
    ],
  },
  {
    level: 'SL1',
    demands: 'The session ends at `session_expiry`; by SAML at `SessionNotOnOrAfter`',
    met: 'or after seven days, whichever comes first; then people sign in again',
    shownBy: [
      ...testsIn(singleSignOn('sign-in'), 'the session ends when the provider says'),
      ...testsIn(saml('sign-in'), 'whom the provider signs in is signed in, with what it said of them'),
    ],
  },
  {
    level: 'SL2',
    demands: 'Assertions that nobody asked for are refused',
    met: 'always. With `idpInitiated` whoever begins at the provider is sent back to it with a request of ours',
    shownBy: [
      ...testsIn(saml('attacks'), 'that the provider begins is refused unless that is allowed'),
      ...testsIn(
        saml('sign-in'),
        'who begins at the provider is sent back to it with a request of ours, where that is allowed',
      ),
    ],
  },
  {
    level: 'SL2',
    demands: 'Sessions end by OpenID Connect Back-Channel Logout',
    met: 'by `sid` or `sub`, within a second in every process; each logout token once',
    shownBy: [
      ...testsIn(
        singleSignOn('logout-tokens'),
        'a logout token %s ends nothing',
        'a logout token is taken once, and ends the session that it names, by a list of recipients as well',
      ),
      ...testsIn(
        singleSignOn('sign-out'),
        'whoever signs out here is signed out at the provider, which ends that session everywhere and no other one',
      ),
    ],
  },
  {
    level: 'SL2',
    demands: 'Sessions end by SAML single logout',
    met: 'by HTTP-Redirect and HTTP-POST, and from here to the provider',
    shownBy: testsIn(
      saml('logout'),
      'a provider ends its sessions here by %s, and is answered',
      'whoever signs out here goes on to the provider with a signed request of their session there',
    ),
  },
  {
    level: 'SL2',
    demands:
      'A receiver of shared signals: `session-revoked` and `credential-change`, pushed and polled, about `email`, `iss_sub` and `opaque`, with verification',
    met: 'SSF 1.0 and CAEP; RFC 8935 and RFC 8936',
    shownBy: testsIn(
      singleSignOn('signals'),
      'a security event that can not be trusted ends nothing',
      'a session that is revoked ends, of whom the transmitter names by %s',
      'a credential that is added ends nothing, one that is changed the sessions, one that is taken away also what acts for the person',
      'events that are not pushed are fetched, and acknowledged or refused one by one',
      'what is verified, paused or not known is taken, and shown with the stream',
    ),
  },
  {
    level: 'SL2',
    demands: 'Step-up at the provider (`acr_values`) for dangerous actions, where the account asks for it',
    met: 'dangerous mutations take a proof of the last ten minutes, which the provider gives to whoever is signed in by it: `max_age=0` or ForceAuthn, the contexts of `stepUpAcrValues`, the same subject',
    shownBy: [
      ...testsIn(
        'packages/core/src/api/step-up/step-up.api.test.ts',
        'takes it where the account asks, of people and of no token, and in no rehearsal',
      ),
      ...testsIn(
        singleSignOn('sign-in'),
        'whoever is signed in proves at the provider that it is they, in the same session, and nobody else does',
      ),
      ...testsIn(
        singleSignOn('attacks'),
        'is what a dangerous mutation asks for, and the provider is asked for anew',
        'is none by an authentication of before, by another context, or by another subject',
      ),
      ...testsIn(
        saml('sign-in'),
        'is an answer to a request that forces one, by the same subject, in the same session',
      ),
    ],
  },
];
