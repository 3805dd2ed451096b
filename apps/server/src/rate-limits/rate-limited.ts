import { GraphQLRequestError } from '@rollcall/graphql-client';

/** More than a limit allows was asked for; SCIM answers it as it answers any refusal of the contract. */
export class RateLimited extends GraphQLRequestError {
  /** Whole seconds: Okta takes no date. */
  readonly retryAfter: number;

  constructor(what: string, { limit, retryAfter }: { limit: number; retryAfter: number }) {
    const wait = `Wait ${retryAfter} second${retryAfter === 1 ? '' : 's'}.`;
    super(`${what} ${wait}`, { code: 'RATE_LIMITED', facts: { limit, retryAfter } });
    this.retryAfter = retryAfter;
  }
}
