import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
} from 'openid-client';
import type { GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import { refused } from './as-refused.ts';

const CLOCK_SKEW_SECONDS = 60;

/** A client as its provider knows it. */
export interface ProviderClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly secret: string;
}

/** What a provider says of itself, which has to be the issuer that was typed, to the letter. @throws SignInRefused */
export async function discover(
  fetch: GuardedFetch,
  { issuer, clientId, secret }: ProviderClient,
): Promise<Configuration> {
  const configuration = await discovery(
    new URL(issuer),
    clientId,
    { client_secret: secret, [clockTolerance]: CLOCK_SKEW_SECONDS },
    authenticating(secret),
    {
      [customFetch]: (url, { method, headers, body, signal }) =>
        fetch(url, { method, headers, body: body == null ? undefined : String(body), signal }),
      // The guarded fetch refuses what is not encrypted, but for hosts that the operator allows.
      execute: [enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [allowInsecureRequests] : [])],
    },
  );
  const said = configuration.serverMetadata().issuer;
  if (said === issuer) return configuration;
  const advice = said.includes('{')
    ? 'Any tenant could answer there: enter the address with the id of yours.'
    : 'Enter exactly that.';
  throw refused('PROVIDER_UNREACHABLE', `The provider says that its issuer is ${said}. ${advice}`);
}

/** By the way that the provider takes, of the two with a secret; the one of the standard where it does not say. */
function authenticating(secret: string): ClientAuth {
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const { token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] } = server;
    const authenticate = methods.includes('client_secret_basic') ? basic : post;
    return authenticate(server, client, body, headers);
  };
}
