import { GraphQLError } from 'graphql';
import { connectionConstraints } from '../connections/connection.entity.ts';
import { customAttributeConstraints } from '../custom-attributes/custom-attribute.entity.ts';
import { hasNul, translateConstraint } from '../database/constraint-errors.ts';
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

const nulInText = new DomainError('INVALID_INPUT', 'A text contains the character NUL. Remove it.');

/**
 * An error as clients may see it: refusals with their code and facts; anything else masked, with the request id that
 * leads to the log, where the cause is written.
 */
export function toGraphQLError(error: unknown, { requestId, platform }: RequestContext): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const known = hasNul(error) ? nulInText : translateConstraint(error, constraints);
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
