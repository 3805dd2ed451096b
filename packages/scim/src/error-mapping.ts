import type { ErrorCode, GraphQLRequestError } from '@rollcall/graphql-client';
import { ScimError, type ScimType, uniqueness } from '@rollcall/scim-protocol';
import { scimAttributeOf } from './attribute-names.ts';

interface Placement {
  status: number;
  scimType?: ScimType;
}

/** Where each failure of the contract belongs in RFC 7644 §3.12; a new code does not compile until it is placed. */
const placements = {
  UNAUTHENTICATED: { status: 401 },
  SIGN_IN_FAILED: { status: 401 },
  FORBIDDEN: { status: 403 },
  NOT_FOUND: { status: 404 },
  INVALID_INPUT: { status: 400, scimType: 'invalidValue' },
  UNKNOWN_MEMBER: { status: 400, scimType: 'invalidValue' },
  ACCOUNT_CHOICE_REQUIRED: { status: 400, scimType: 'invalidValue' },
  EXCLUSIVE_ROLE: { status: 400, scimType: 'invalidValue' },
  INVALID_CURSOR: { status: 400, scimType: 'invalidCursor' },
  // "not compatible with the target attribute's … current state" (table 9): nothing is wrong with the credentials.
  LAST_ADMIN: { status: 400, scimType: 'mutability' },
  ORG_STRUCTURE_TEAM: { status: 400, scimType: 'mutability' },
  BUILT_IN_ROLE: { status: 400, scimType: 'mutability' },
  LIMIT_EXCEEDED: { status: 400, scimType: 'tooMany' },
  ALREADY_EXISTS: { status: 409, scimType: 'uniqueness' },
  VERSION_MISMATCH: { status: 412 },
  RATE_LIMITED: { status: 429 },
  UNAVAILABLE: { status: 503 },
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
  const { code, message, facts } = failure;
  if (code === 'UNAVAILABLE') return unavailable();
  if (code === 'ALREADY_EXISTS' && facts.field !== undefined) return uniqueness(scimAttributeOf(facts.field));
  const { status, scimType }: Placement = placements[code];
  return new ScimError(status, scimType, message);
}

function unavailable(): ScimError {
  return new ScimError(503, undefined, 'The service is not available at the moment. Try again later.');
}
