/** PostgreSQL took the connection, and answers nothing on it any more. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** The connection was lost before PostgreSQL said whether it has made a change. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';

  constructor(cause: unknown) {
    super('It is not known whether the change was made.', { cause });
  }
}

/**
 * Is PostgreSQL away, or the way to it: stopped, starting, out of connections, unreachable, or silent? Nothing is wrong with
 * what was asked then, and it can be asked again.
 */
export const isUnavailable = (error: unknown): boolean =>
  causesOf(error).some(
    (cause) =>
      cause instanceof NoAnswer ||
      cause instanceof OutcomeUnknown ||
      lostCode.test(codeOf(cause)) ||
      unreachedCode.test(codeOf(cause)) ||
      lostMessage.test(cause.message) ||
      unreachedMessage.test(cause.message),
  );

/** What a single statement that writes ended with: when it may have been made all the same, OutcomeUnknown. */
export const outcomeOfStatement = (error: unknown): unknown =>
  isUnavailable(error) && !wasUnreached(error) ? new OutcomeUnknown(error) : error;

/** What went wrong once a change was made: nobody is to believe that it was not. */
export const afterTheChange = (error: unknown): unknown =>
  isUnavailable(error) ? new OutcomeUnknown(error) : error;

/** Was there no connection to begin with, so that nothing can have been done? */
const wasUnreached = (error: unknown): boolean =>
  causesOf(error).some((cause) => unreachedCode.test(codeOf(cause)) || unreachedMessage.test(cause.message));

/**
 * PostgreSQL 18, appendix A: connection exceptions (class 08) and shutdowns (57P01 by an administrator, 57P02 after a crash);
 * and what the system says of a connection that broke.
 */
const lostCode = /^(08...|57P01|57P02|ECONNRESET|EPIPE|ETIMEDOUT)$/;
/**
 * 57P03: it is starting or stopping; 53300: it has no connection left; 3D000: the database is not there, as while another takes
 * its place; 25006 and 55000: it is a standby for now, which takes no
 * writes and tells no place in its log.
 */
const unreachedCode =
  /^(57P03|53300|3D000|25006|55000|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL)$/;
/** The driver's own errors have no code. */
const lostMessage = /^(Connection terminated( unexpectedly)?|Client .* is not queryable)$/;
const unreachedMessage =
  /^(Connection terminated due to connection timeout|timeout exceeded when trying to connect|timeout expired|Cannot use a pool after calling end on the pool)$/;

// MikroORM wraps the driver's errors in some of its own.
function causesOf(error: unknown): Error[] {
  const causes: Error[] = [];
  for (let cause = error; cause instanceof Error && causes.length < 10; cause = cause.cause)
    causes.push(cause);
  return causes;
}

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : '';
