import { pageVariables } from '@/components/ui/page-turner.tsx';
import type { TeamsVariables } from './api/teams.ts';

export const defaultTeamsSort = 'DISPLAY_NAME';
const origins = ['DIRECTORY', 'ORG_STRUCTURE', 'MANUAL'] as const;
const sortFields = ['DISPLAY_NAME', 'UPDATED_AT'] as const;

/** The origin that the URL asks for, where it is one. */
export function originFrom(params: URLSearchParams) {
  return origins.find((origin) => origin === params.get('origin'));
}

/** What the URL asks the server for: search, origin, sort and page. */
export function teamsVariables(params: URLSearchParams): TeamsVariables {
  const sort = params.get('sort') ?? defaultTeamsSort;
  const field = sortFields.find((each) => each === sort.replace(/^-/, '')) ?? defaultTeamsSort;
  const search = params.get('q')?.trim();
  const origin = originFrom(params);
  return {
    filter: { ...(search && { search }), ...(origin && { origin }) },
    orderBy: { field, direction: sort.startsWith('-') ? 'DESC' : 'ASC' },
    ...pageVariables(params),
  };
}
