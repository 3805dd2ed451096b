/** How long PostgreSQL works on one statement at most, the wait for locks included; what it did is undone then. */
export const STATEMENT_TIMEOUT_SECONDS = 15;

/** How long a transaction may stand still: one whose process froze holds locks, and holds back every feed. */
const IDLE_IN_TRANSACTION_SECONDS = 60;

/** A setting that nobody else has a reason to make: it tells whether the others arrived. */
const WITNESS = 'rollcall.session';

/**
 * What each connection asks of PostgreSQL, whose own settings may be those that it was installed with. Compiling a plan
 * pays off after seconds of work, and pages that are read at random come from memory or from a disk without a head.
 */
const settings: Readonly<Record<string, string>> = {
  jit: 'off',
  random_page_cost: '1.1',
  statement_timeout: `${STATEMENT_TIMEOUT_SECONDS}s`,
  idle_in_transaction_session_timeout: `${IDLE_IN_TRANSACTION_SECONDS}s`,
  [WITNESS]: 'kept',
};

/** The connection string with our settings in its `options`; what it says there itself counts more. */
export function withSessionSettings(url: string): string {
  const withOptions = new URL(url);
  const own = withOptions.searchParams.get('options') ?? '';
  const ours = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  withOptions.searchParams.set('options', [...ours, own].join(' ').trim());
  return withOptions.href;
}

/** Whether a transaction of the connection may not write: on a replica, or where somebody made it so. */
export const takesNoWrites = `current_setting('transaction_read_only')::boolean`;

/** Whether the settings of the connection reached PostgreSQL: a pooler in between may swallow them. */
export const settingsArrived = `current_setting('${WITNESS}', true) = 'kept'`;
