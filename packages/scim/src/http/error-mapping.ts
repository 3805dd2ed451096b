import type { ErrorCode, GraphQLRequestError } from '@rollcall/graphql-client';
import {
  invalidCursor,
  notFound,
  preconditionFailed,
  ScimError,
  type ScimType,
  uniqueness,
} from '@rollcall/scim-protocol';
import { scimAttributeOf } from './attribute-names.ts';

interface Placement {
  status: number;
  scimType?: ScimType;
}

/** Where each failure of the contract belongs in RFC 7644 §3.12; a new code does not compile until it is placed. */
const placements = {
  UNAUTHENTICATED: { status: 401 },
  SIGN_IN_FAILED: { status: 401 },
  TOKEN_REFUSED: { status: 401 },
  FORBIDDEN: { status: 403 },
  NOT_FOUND: { status: 404 },
  INVALID_INPUT: { status: 400, scimType: 'invalidValue' },
  UNKNOWN_MEMBER: { status: 400, scimType: 'invalidValue' },
  STEP_UP_REQUIRED: { status: 403 },
  ACCOUNT_CHOICE_REQUIRED: { status: 400, scimType: 'invalidValue' },
  EXCLUSIVE_ROLE: { status: 400, scimType: 'invalidValue' },
  INVALID_CURSOR: { status: 400, scimType: 'invalidCursor' },
  // "not compatible with the target attribute's … current state" (table 9): nothing is wrong with the credentials.
  LAST_ADMIN: { status: 400, scimType: 'mutability' },
  ORG_STRUCTURE_TEAM: { status: 400, scimType: 'mutability' },
  ROLE_SOURCE_SCIM: { status: 400, scimType: 'mutability' },
  BUILT_IN_ROLE: { status: 400, scimType: 'mutability' },
  MANAGED_BY_CONNECTION: { status: 400, scimType: 'mutability' },
  LIMIT_EXCEEDED: { status: 400, scimType: 'tooMany' },
  ALREADY_EXISTS: { status: 409, scimType: 'uniqueness' },
  VERSION_MISMATCH: { status: 412 },
  RATE_LIMITED: { status: 429 },
  // Documents are sent whole; only a remote core could ask for one.
  PERSISTED_QUERY_NOT_FOUND: { status: 503 },
  UNAVAILABLE: { status: 503 },
  // Of all statuses this is the one after which nobody doubts the credentials or takes anything for deleted: Entra ID asks again in
  // its next cycle, Okta keeps the task to be tried again.
  CONNECTION_PAUSED: { status: 503 },
  INTERNAL: { status: 500 },
} satisfies Record<ErrorCode, Placement>;

/** Tells a failure that the schema promises from one of a server that speaks a newer or another contract. */
function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(placements, code);
}

/**
 * Turns a failure of the GraphQL side into SCIM's words; undefined when it is nothing that the client of SCIM
 * could understand or mend, and so must be masked.
 */
export function toScimError(failure: GraphQLRequestError): ScimError | undefined {
  if (!isErrorCode(failure.code) || failure.code === 'INTERNAL') return undefined;
  const { code, facts } = failure;
  const { status, scimType }: Placement = placements[code];
  switch (code) {
    case 'UNAVAILABLE':
      return unavailable(failure);
    case 'VERSION_MISMATCH':
      return preconditionFailed();
    case 'INVALID_CURSOR':
      return invalidCursor();
    case 'NOT_FOUND':
      return resourceNotFound(failure);
    case 'ALREADY_EXISTS':
      if (facts.field !== undefined) return uniqueness(scimAttributeOf(facts.field));
      return new ScimError(status, scimType, failure.message);
    default:
      return new ScimError(status, scimType, messageOf(failure));
  }
}

/** The sentence of the core about one of its fields, said of the attribute that the client knows. */
function messageOf({ message, facts: { field } }: GraphQLRequestError): string {
  if (field === undefined || !message.startsWith(`${field}: `)) return message;
  const attribute = scimAttributeOf(field);
  const rule = message.slice(field.length + 2);
  return `${attribute}: ${attribute === 'members' ? rule.replaceAll(/\bteam\b/g, 'Group') : rule}`;
}

function resourceNotFound({ message }: GraphQLRequestError): ScimError {
  const [, what, id] = /^There is no (user|team) with the id (\S+) /.exec(message) ?? [];
  if (id === undefined) return new ScimError(404, undefined, message);
  return notFound(what === 'user' ? 'User' : 'Group', id);
}

/** Who says when to come back also says what became of the request; a failure of the way there knows neither. */
function unavailable({ message, facts: { retryAfter } }: GraphQLRequestError): ScimError {
  const isTold = typeof retryAfter === 'number';
  return new ScimError(503, undefined, isTold ? message : 'The service did not answer. Try again later.');
}
