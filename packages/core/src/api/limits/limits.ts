import { GraphQLError } from 'graphql';
import { MAX_WAIT_MS } from '../../database/fair-share.ts';
import { STATEMENT_TIMEOUT_SECONDS } from '../../database/session-settings.ts';
import { DEFAULT_PAGE_SIZE, MAX_IDS, MAX_PAGE_SIZE } from '../../pages/page.ts';

/** What a request may ask for at most; clients read them as `limits`. */
export interface ApiLimits {
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxCost: number;
  readonly maxBodyBytes: number;
  readonly defaultPageSize: number;
  readonly maxPageSize: number;
  readonly maxFilterComparisons: number;
  readonly maxInputDepth: number;
  readonly maxIds: number;
  readonly maxBatchSize: number;
  readonly maxSubscriptionsPerSocket: number;
  readonly maxSubscriptionsPerCredential: number;
  /** Of one account, in one process. */
  readonly maxSubscriptionsPerAccount: number;
  readonly maxSocketsPerCredential: number;
  /** How long one statement in the database takes. */
  readonly maxStatementSeconds: number;
  /** How long a request waits while others of its account hold its share of the connections. */
  readonly maxWaitSeconds: number;
}

export const apiLimits: ApiLimits = {
  maxDepth: 12,
  maxAliases: 30,
  maxCost: 250_000,
  maxBodyBytes: 4 * 1024 * 1024,
  defaultPageSize: DEFAULT_PAGE_SIZE,
  maxPageSize: MAX_PAGE_SIZE,
  maxFilterComparisons: 50,
  maxInputDepth: 100,
  maxIds: MAX_IDS,
  maxBatchSize: 1000,
  maxSubscriptionsPerSocket: 100,
  maxSubscriptionsPerCredential: 500,
  maxSubscriptionsPerAccount: 2000,
  maxSocketsPerCredential: 50,
  maxStatementSeconds: STATEMENT_TIMEOUT_SECONDS,
  maxWaitSeconds: MAX_WAIT_MS / 1000,
};

/** A refusal that says which limit, for what is refused before a resolver is asked. */
export const limitExceeded = (
  message: string,
  facts: { readonly field?: string; readonly limit: number },
): GraphQLError => new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED', ...facts } });
