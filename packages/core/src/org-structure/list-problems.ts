import type { Sql } from '../database/database.ts';
import { DomainError } from '../errors.ts';
import { checkPageSize, DEFAULT_PAGE_SIZE, type Page } from '../pages/page.ts';
import { compareProblems, findProblems } from './find-problems.ts';
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

/**
 * A page of what is wrong. Every page looks at everybody anew, so that what was put right meanwhile is not shown. Throws
 * LIMIT_EXCEEDED, INVALID_CURSOR.
 */
export async function listProblems(
  db: Sql,
  accountId: string,
  { kinds, first, after }: ProblemsRequest,
): Promise<ProblemsPage> {
  const size = first ?? DEFAULT_PAGE_SIZE;
  checkPageSize(size, 'first');
  const place = after == null ? undefined : readCursor(after);
  const found = await findProblems(db, accountId);
  const wanted = kinds == null ? found : found.filter(({ kind }) => kinds.includes(kind));
  const rest = place === undefined ? wanted : wanted.filter((problem) => compareProblems(problem, place) > 0);
  const rows = rest.slice(0, size);
  const byKind = Map.groupBy(found, ({ kind }) => kind);
  return {
    rows,
    cursors: rows.map(writeCursor),
    hasNextPage: rest.length > rows.length,
    hasPreviousPage: rest.length < wanted.length,
    total: () => Promise.resolve(wanted.length),
    counts: orgProblemKinds.map((kind) => ({ kind, count: byKind.get(kind)?.length ?? 0 })),
  };
}

type Place = Pick<OrgProblem, 'kind' | 'label' | 'key'>;

const writeCursor = ({ kind, label, key }: Place): string =>
  Buffer.from(JSON.stringify([kind, label, key])).toString('base64url');

function readCursor(cursor: string): Place {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
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
