import type { Database } from '../../database/database.ts';
import { DomainError } from '../../errors/domain-error.ts';
import { checkPageSize, DEFAULT_PAGE_SIZE, type Page } from '../../pages/page.ts';
import { compareProblems } from './find-problems.ts';
import { knownProblems, type ProblemsByKind } from './known-problems.ts';
import { type OrgProblem, type OrgProblemKindName, orgProblemKinds } from './org-problem.ts';

export interface ProblemsRequest {
  readonly kinds?: readonly OrgProblemKindName[] | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** A page of problems, and how many there are of each kind. */
export interface ProblemsPage extends Page<OrgProblem> {
  readonly counts: readonly { readonly kind: OrgProblemKindName; readonly count: number }[];
}

/** A page of what is wrong now: what was put right since the last page is on none. Throws LIMIT_EXCEEDED, INVALID_CURSOR. */
export async function listProblems(
  database: Database,
  accountId: string,
  { kinds, first, after }: ProblemsRequest,
): Promise<ProblemsPage> {
  const size = first ?? DEFAULT_PAGE_SIZE;
  checkPageSize(size, 'first');
  const place = after == null ? undefined : readCursor(after);
  return pageOf(await knownProblems(database, accountId), { kinds: kinds ?? orgProblemKinds, size, place });
}

interface PlacedRequest {
  readonly kinds: readonly OrgProblemKindName[];
  readonly size: number;
  /** Where the page before ended. */
  readonly place: Place | undefined;
}

/** A page of problems; its cost follows its size, however many there are. */
export function pageOf(problems: ProblemsByKind, { kinds, size, place }: PlacedRequest): ProblemsPage {
  const rows: OrgProblem[] = [];
  let before = 0;
  let total = 0;
  for (const kind of orgProblemKinds.filter((each) => kinds.includes(each))) {
    const found = problems.get(kind) ?? [];
    const start = place === undefined ? 0 : countUpTo(found, place);
    before += start;
    total += found.length;
    rows.push(...found.slice(start, start + size - rows.length));
  }
  return {
    rows,
    cursors: rows.map(writeCursor),
    hasNextPage: before + rows.length < total,
    hasPreviousPage: before > 0,
    total: () => Promise.resolve(total),
    counts: orgProblemKinds.map((kind) => ({ kind, count: problems.get(kind)?.length ?? 0 })),
  };
}

/** How many of these, which are in order, come up to the place. */
function countUpTo(problems: readonly OrgProblem[], place: Place): number {
  let [low, high] = [0, problems.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const problem = problems[middle];
    if (problem !== undefined && compareProblems(problem, place) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Place = Pick<OrgProblem, 'kind' | 'label' | 'key'>;

const writeCursor = ({ kind, label, key }: Place): string => JSON.stringify([kind, label, key]);

function readCursor(cursor: string): Place {
  try {
    const parts: unknown = JSON.parse(cursor);
    const [name, label, key]: unknown[] = Array.isArray(parts) ? parts : [];
    const kind = orgProblemKinds.find((each) => each === name);
    if (kind !== undefined && typeof label === 'string' && typeof key === 'string')
      return { kind, label, key };
  } catch {
    // It is no JSON: refused like any other.
  }
  throw new DomainError('INVALID_CURSOR', 'The cursor is not one of this list. Start without it.', {
    field: 'after',
  });
}
