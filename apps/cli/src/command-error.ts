/** A command that could not be done; the message says what is wrong and the way out. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** A command line that is not understood, beyond what commander refuses by itself. */
export class UsageError extends CommandError {}
