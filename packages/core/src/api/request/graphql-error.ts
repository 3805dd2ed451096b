import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { STATEMENT_TIMEOUT_SECONDS } from '../../database/session-settings.ts';
import { isUnavailable, OutcomeUnknown } from '../../database/unavailable.ts';
import { hasNul, tookTooLong, translateConstraint } from '../../errors/constraint-errors.ts';
import { DomainError } from '../../errors/domain-error.ts';
import { connectionConstraints } from '../../model/connection.entity.ts';
import { customAttributeConstraints } from '../../model/custom-attribute.entity.ts';
import { emailDomainConstraints } from '../../model/email-domain.entity.ts';
import { roleConstraints } from '../../model/role.entity.ts';
import { passkeyConstraints } from '../../model/second-factor.entities.ts';
import { signInConnectionConstraints } from '../../model/sign-in-connection.entity.ts';
import { teamConstraints } from '../../model/team.entity.ts';
import { userConstraints } from '../../model/user.entity.ts';

const constraints = {
  ...connectionConstraints,
  ...customAttributeConstraints,
  ...emailDomainConstraints,
  ...roleConstraints,
  ...passkeyConstraints,
  ...signInConnectionConstraints,
  ...teamConstraints,
  ...userConstraints,
};

const tookTooLongToWrite = new DomainError(
  'UNAVAILABLE',
  `This took longer than ${STATEMENT_TIMEOUT_SECONDS} seconds, most likely because others change the same. Nothing was changed. Try again.`,
  { retryAfter: 1 },
);

/** Seconds until it is worth trying again. */
const BACK_IN_SECONDS = 2;

const databaseAway = new DomainError(
  'UNAVAILABLE',
  'The database does not answer just now. Try again in a few seconds.',
  { retryAfter: BACK_IN_SECONDS },
);

const outcomeUnknown = new DomainError(
  'UNAVAILABLE',
  'The connection to the database was lost before it answered: the change may or may not have been made. Look, or send the same again, in a few seconds.',
  { retryAfter: BACK_IN_SECONDS },
);

/** Read by nobody, and no failure of ours. */
const nobodyWaits = new DomainError('UNAVAILABLE', 'The client hung up.');

const nulInText = new DomainError('INVALID_INPUT', 'A text contains the character NUL. Remove it.');

/** Whose error it is. */
export interface FailedRequest {
  readonly requestId: string;
  readonly log: Logger;
  readonly signal?: AbortSignal | undefined;
}

/**
 * An error as clients may see it: refusals with their code and facts; anything else masked, with the request id that
 * leads to the log, where the cause is written.
 */
export function toGraphQLError(error: unknown, { requestId, log, signal }: FailedRequest): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const known = signal?.aborted === true && error === signal.reason ? nobodyWaits : refusalOf(error);
  if (known === databaseAway || known === outcomeUnknown)
    log.debug({ err: error, requestId }, 'the database does not answer');
  if (known instanceof DomainError) {
    return new GraphQLError(known.message, { extensions: { code: known.code, ...known.facts, requestId } });
  }
  log.error({ err: error, requestId }, 'a request failed');
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
  if (isUnavailable(error)) return error instanceof OutcomeUnknown ? outcomeUnknown : databaseAway;
  return tookTooLong(error) ? tookTooLongToWrite : translateConstraint(error, constraints);
}
