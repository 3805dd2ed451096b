import { invalidInput } from '../../errors/domain-error.ts';
import type { RequestContext } from './request-context.ts';

/** Refuses to rehearse what is good once, such as a code, or what is shown once. @throws DomainError INVALID_INPUT */
export function refuseRehearsal({ rehearsal }: RequestContext, what: string): void {
  if (rehearsal)
    throw invalidInput(
      'rollcall-dry-run',
      `${what} can not be rehearsed, and nothing was done. Leave the header out.`,
    );
}
