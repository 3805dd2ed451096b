import type { FastifyRequest } from 'fastify';
import { type DocumentNode, GraphQLError, visit } from 'graphql';
import { isFailedSignIn } from '../rate-limits/failed-sign-in.ts';
import { RateLimited } from '../rate-limits/rate-limited.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.ts';
import { refusalOfCost } from './limits.ts';
import type { Operation } from './operation-cost.ts';

/** The refusal of a valid operation, if there is one: it costs too much, or somebody tries passwords. */
export async function refusalOf(
  operation: Operation,
  request: FastifyRequest,
  limiter: RateLimiter,
): Promise<GraphQLError | undefined> {
  const costly = refusalOfCost(operation);
  if (costly !== undefined) return costly;
  const { document } = operation;
  try {
    if (operation.operation.operation === 'mutation') {
      await limiter.admitSignIns(request, timesOf(guarded, document));
      await limiter.admitSingleSignOn(request, timesOf(singleSignOn, document));
    } else {
      await limiter.admitSingleSignOn(request, timesOfDiscovery(document));
    }
    return undefined;
  } catch (error) {
    if (error instanceof RateLimited) return toGraphQLError(error);
    throw error;
  }
}

/** A refusal in the form in which GraphQL answers it. */
export const toGraphQLError = ({ message, code, facts }: RateLimited): GraphQLError =>
  new GraphQLError(message, { extensions: { code, ...facts } });

/** Tells the limiter of the passwords that were tried in vain. */
export function noteFailedSignIns(
  errors: readonly GraphQLError[] | undefined,
  request: FastifyRequest,
  limiter: RateLimiter,
): void {
  for (const { extensions } of errors ?? []) {
    if (isFailedSignIn(extensions)) limiter.noteFailedSignIn(request);
  }
}

/** Mutations by which one guesses, writes without being signed in, or has others written to; aliases make one request many of them. */
const guarded: ReadonlySet<string> = new Set([
  'signIn',
  'requestPasswordReset',
  'resetPassword',
  'changePassword',
  'finishSignIn',
  'beginPasskeySignIn',
  'signInByPasskey',
  'beginPasskeyProof',
  'beginTotp',
  'confirmTotp',
  'beginPasskeyRegistration',
  'registerPasskey',
  'proveIdentity',
]);

/** Mutations that have the server ask an identity provider, and write of whom it refuses. */
const singleSignOn: ReadonlySet<string> = new Set([
  'beginSingleSignOn',
  'finishSingleSignOn',
  'beginProviderProof',
  'finishProviderProof',
  'acceptLogoutToken',
  'acceptSamlLogout',
  'issueAccessToken',
  'receiveSamlResponse',
  'deliverSecurityEvent',
]);

/** Anybody asks it about any domain: where somebody signs in. */
const discovery: ReadonlySet<string> = new Set(['signInOptions']);

const discoveries = new WeakMap<DocumentNode, number>();

/** How often a document asks it; looked for once, since documents are kept and queries are many. */
function timesOfDiscovery(document: DocumentNode): number {
  const times = discoveries.get(document) ?? timesOf(discovery, document);
  discoveries.set(document, times);
  return times;
}

/** How often a document asks for one of these fields. */
function timesOf(fields: ReadonlySet<string>, document: DocumentNode): number {
  let times = 0;
  visit(document, {
    Field({ name }) {
      if (fields.has(name.value)) times += 1;
    },
  });
  return times;
}
