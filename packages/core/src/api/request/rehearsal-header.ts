import { DomainError } from '../../errors/domain-error.ts';

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
