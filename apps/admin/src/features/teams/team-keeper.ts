import type { TeamDetails } from './api/team.ts';

/** What alone changes a team, and where that is set up. */
export interface TeamKeeper {
  readonly name: string;
  readonly href: string;
}

/** What keeps a team, so that nobody edits it here; undefined of one that is made by hand. */
export function keeperOf({
  origin,
  connection,
}: Pick<TeamDetails, 'origin' | 'connection'>): TeamKeeper | undefined {
  if (origin === 'MANUAL') return undefined;
  if (origin === 'ORG_STRUCTURE') return { name: 'the org structure', href: '/org-structure' };
  return { name: connection?.name ?? 'an identity provider', href: '/provisioning' };
}
