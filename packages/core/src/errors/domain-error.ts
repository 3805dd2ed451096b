/** Every way in which an operation can be refused. The codes are API; the messages are not. */
export const errorCodes = {
  UNAUTHENTICATED:
    'No valid credential came with the request. Send a token that is active and belongs to the account.',
  FORBIDDEN: 'The credential is valid but lacks the permission that `permission` names.',
  NOT_FOUND: 'Nothing in this account has the id that `field` names.',
  INVALID_INPUT: 'A value breaks a rule; `field` names it and the message says the rule.',
  INVALID_CURSOR: 'The cursor is not one that this API gave for this list.',
  ALREADY_EXISTS: 'Another object has this unique value; `field` names it, `conflictingId` the other.',
  VERSION_MISMATCH:
    'The object changed since the version that `ifVersion` names. Read it again and decide anew.',
  UNKNOWN_MEMBER: 'A member id names nobody in this account; `ids` lists them. Nothing was changed.',
  LAST_ADMIN: 'It would leave the account without an active admin. Give somebody else the admin role first.',
  ORG_STRUCTURE_TEAM:
    "The team follows from people's department and manager: change those, or the setting, instead of the team.",
  MANAGED_BY_CONNECTION:
    'An identity provider manages it by a connection with the strict profile, which `connection` names: change it there.',
  CONNECTION_PAUSED:
    'The connection whose token asks, which `connection` names, is paused. Nothing was read or changed; ask again in `retryAfter` seconds.',
  BUILT_IN_ROLE: 'Built-in roles can neither be changed nor deleted.',
  EXCLUSIVE_ROLE: 'An exclusive role never combines with another; revoke the others first.',
  ROLE_SOURCE_SCIM:
    'Roles of this account come from SCIM alone, so none is given or taken by hand: change the groups at the identity provider, or their mappings.',
  SIGN_IN_FAILED:
    'E-mail and password do not belong to an active person, or a second factor was wrong, which `field` names then; or what an identity provider answered was not taken, and `reason` says why.',
  TOKEN_REFUSED:
    'A token that somebody else signed was not taken, such as a logout token of an identity provider; `reason` says why.',
  STEP_UP_REQUIRED:
    'It needs a proof of the last ten minutes of who you are. Prove it with proveIdentity, by one of `methods`, or for PROVIDER at `/auth/sso/<signInConnectionId>/step-up`, and send the request again.',
  ACCOUNT_CHOICE_REQUIRED: 'The person belongs to several accounts; send `accountId`, one of `accounts`.',
  LIMIT_EXCEEDED: 'The request asks for more than a published limit allows; `limit` says how much.',
  RATE_LIMITED:
    'Too many requests in the last minute, of which `limit` says how many are allowed, or too many attempts to sign in as somebody. Wait `retryAfter` seconds.',
  PERSISTED_QUERY_NOT_FOUND:
    'No document is known by the hash in `extensions.persistedQuery`. Send the document along with it once.',
  UNAVAILABLE:
    'A part that the request needs is not reachable just now; try again in `retryAfter` seconds. The message of a mutation says when the change may have been made all the same.',
  INTERNAL: 'Something went wrong inside; the request id leads to the log.',
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof errorCodes;

/** Typed facts that travel with an error; which ones is said by the code's description. */
export interface ErrorFacts {
  readonly field?: string;
  readonly conflictingId?: string;
  readonly limit?: number;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly permission?: string;
  /** Why somebody was not signed in by an identity provider, or a token not taken. */
  readonly reason?: string;
  /** By what somebody can prove who they are. */
  readonly methods?: readonly string[];
  readonly signInConnectionId?: string;
  /** Where the browser goes on to all the same, within our pages. */
  readonly returnPath?: string;
  /** The name of the connection that manages what was to be changed. */
  readonly connection?: string;
  readonly ids?: readonly string[];
  readonly accounts?: readonly { readonly id: string; readonly name: string }[];
}

/** A refusal by a rule. Knows nothing of HTTP, GraphQL or SCIM. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;
  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message);
    this.code = code;
    this.facts = facts;
  }
}

/** What this gives, or the refusal that it throws. */
export function refusedOr<Result>(run: () => Result): Result | { readonly error: DomainError } {
  try {
    return run();
  } catch (error) {
    if (error instanceof DomainError) return { error };
    throw error;
  }
}

export const notFound = (what: string, id: string, field = 'id'): DomainError =>
  new DomainError('NOT_FOUND', `There is no ${what} with the id ${id} in this account.`, { field });

export const invalidInput = (field: string, message: string): DomainError =>
  new DomainError('INVALID_INPUT', `${field}: ${message}`, { field });

export const versionMismatch = (what: string, expected: number, actual: number): DomainError =>
  new DomainError(
    'VERSION_MISMATCH',
    `The ${what} is at version ${actual}, not ${expected}. Read it again.`,
    {
      field: 'ifVersion',
    },
  );
