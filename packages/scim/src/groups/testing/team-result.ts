import { teamId } from '../../testing/results.ts';
import type { TeamResult } from '../documents.ts';

/** A group that a directory pushed. */
export function teamResult(given: Partial<TeamResult> = {}): TeamResult {
  return {
    id: teamId,
    displayName: 'Mathematicians',
    externalId: null,
    origin: 'DIRECTORY',
    version: 7,
    createdAt: '2026-01-02T03:04:05.000Z',
    updatedAt: '2026-02-03T04:05:06.000Z',
    ...given,
  };
}
