import { DomainError, invalidInput } from '../../errors/domain-error.ts';

/**
 * Does the header `rollcall-dry-run` ask for a rehearsal? Whoever means to save nothing is not to save something because of a
 * spelling. @throws INVALID_INPUT when it says neither
 */
export function asksForRehearsal(header = 'false'): boolean {
  const word = header.trim().toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  throw new DomainError(
    'INVALID_INPUT',
    'rollcall-dry-run: must be true or false, and nothing was done. Send `true` to rehearse, or leave the header out to save.',
    { field: 'rollcall-dry-run' },
  );
}

/** What others have a hand in can not be taken back. @throws INVALID_INPUT */
export function assertNoRehearsal(rehearsal: boolean, what: string): void {
  if (rehearsal)
    throw invalidInput(
      'rollcall-dry-run',
      `${what} can not be rehearsed, and nothing was done. Leave the header out.`,
    );
}
