import type { DomainError } from '../errors/domain-error.ts';
import type { TeamRecord } from './team-record.ts';

/** What became of one team of a batch. */
export type TeamOutcome = { readonly team: TeamRecord } | { readonly error: DomainError };
