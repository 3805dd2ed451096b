import { GraphQLError } from 'graphql';
import { connectionConstraints } from '../connections/connection.entity.ts';
import { customAttributeConstraints } from '../custom-attributes/custom-attribute.entity.ts';
import { hasNul, tookTooLong, translateConstraint } from '../database/constraint-errors.ts';
import { STATEMENT_TIMEOUT_SECONDS } from '../database/session-settings.ts';
import { DomainError } from '../errors.ts';
import { roleConstraints } from '../roles/role.entity.ts';
import { teamConstraints } from '../teams/team.entity.ts';
import { userConstraints } from '../users/user.entity.ts';
import type { RequestContext } from './request-context.ts';

const constraints = {
  ...connectionConstraints,
  ...customAttributeConstraints,
  ...roleConstraints,
  ...teamConstraints,
  ...userConstraints,
};

const tookTooLongToWrite = new DomainError(
  'UNAVAILABLE',
  `This took longer than ${STATEMENT_TIMEOUT_SECONDS} seconds, most likely because others change the same. Nothing was changed. Try again.`,
  { retryAfter: 1 },
);

/** Read by nobody, and no failure of ours. */
const nobodyWaits = new DomainError('UNAVAILABLE', 'The client hung up.');

const nulInText = new DomainError('INVALID_INPUT', 'A text contains the character NUL. Remove it.');

/**
 * An error as clients may see it: refusals with their code and facts; anything else masked, with the request id that
 * leads to the log, where the cause is written.
 */
export function toGraphQLError(
  error: unknown,
  { requestId, platform, signal }: RequestContext,
): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const known = signal?.aborted === true ? nobodyWaits : refusalOf(error);
  if (known instanceof DomainError) {
    return new GraphQLError(known.message, { extensions: { code: known.code, ...known.facts, requestId } });
  }
  platform.log.error({ err: error, requestId }, 'a request failed');
  return new GraphQLError(
    'Something went wrong on our side. Try again; if it stays, tell us the request id.',
    {
      extensions: { code: 'INTERNAL', requestId },
    },
  );
}

/** What went wrong as a refusal of ours, where it is one. */
function refusalOf(error: unknown): unknown {
  if (hasNul(error)) return nulInText;
  return tookTooLong(error) ? tookTooLongToWrite : translateConstraint(error, constraints);
}
