import { pageVariables } from '@/components/ui/page-turner.tsx';
import type { PeopleVariables } from './api/people.ts';

const statuses = ['ACTIVE', 'INACTIVE', 'DEPROVISIONED'] as const;
export const defaultPeopleSort = 'LABEL';
const sortFields = ['LABEL', 'USER_NAME', 'UPDATED_AT'] as const;

/** The status that the URL asks for, where it is one. */
export function statusFrom(params: URLSearchParams) {
  return statuses.find((status) => status === params.get('status'));
}

/** What the URL asks the server for: search, status, sort and page. */
export function peopleVariables(params: URLSearchParams): PeopleVariables {
  const sort = params.get('sort') ?? defaultPeopleSort;
  const field = sortFields.find((each) => each === sort.replace(/^-/, '')) ?? defaultPeopleSort;
  const search = params.get('q')?.trim();
  const status = statusFrom(params);
  return {
    filter: { ...(search && { search }), ...(status && { status }) },
    orderBy: { field, direction: sort.startsWith('-') ? 'DESC' : 'ASC' },
    ...pageVariables(params),
  };
}
