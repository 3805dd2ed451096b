import { DomainError } from '../errors/domain-error.ts';
import type { Sealer } from './sealer.ts';

/** The sealer, where the server has keys. @throws DomainError UNAVAILABLE */
export function sealerOf(sealer: Sealer | undefined): Sealer {
  if (sealer !== undefined) return sealer;
  throw new DomainError(
    'UNAVAILABLE',
    'This server has no key to seal secrets with. Have whoever runs it set ROLLCALL_ENCRYPTION_KEYS.',
  );
}
