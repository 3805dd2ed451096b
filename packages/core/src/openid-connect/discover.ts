import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  type CustomFetch,
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

/** What makes a configuration for one use. */
export type Discovered = () => Configuration;

/**
 * What a provider says of itself, which has to be the issuer that was typed, to the letter. Keys are remembered with a
 * configuration, and so are read anew with each use: one that the provider has exchanged counts at once, and one that it took
 * back no more.
 *
 * @throws SignInRefused
 */
export async function discover(
  fetch: GuardedFetch,
  { issuer, clientId, secret }: ProviderClient,
): Promise<Discovered> {
  const client = { client_secret: secret, [clockTolerance]: CLOCK_SKEW_SECONDS };
  const authentication = authenticating(secret);
  const fetching: CustomFetch = (url, { method, headers, body, signal }) =>
    fetch(url, { method, headers, body: body == null ? undefined : String(body), signal });
  // The guarded fetch refuses what is not encrypted, but for hosts that the operator allows.
  const execute = [
    enableNonRepudiationChecks,
    ...(issuer.startsWith('http:') ? [allowInsecureRequests] : []),
  ];
  const options = { [customFetch]: fetching, execute };
  const discovered = await discovery(new URL(issuer), clientId, client, authentication, options);
  const said = discovered.serverMetadata().issuer;
  if (said === issuer)
    return () => {
      const configuration = new Configuration(discovered.serverMetadata(), clientId, client, authentication);
      configuration[customFetch] = fetching;
      for (const prepare of execute) prepare(configuration);
      return configuration;
    };
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
