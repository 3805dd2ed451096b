import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import { fold } from '../../text/fold.ts';
import { isUuid } from '../../text/uuid.ts';
import { type PersonFacts, readFacts } from '../derive/read-facts.ts';
import { survey } from '../derive/survey.ts';
import { type OrgSettings, readSettings } from '../settings/settings.ts';
import { departmentProblems, nameClashes } from './department-problems.ts';
import { type Departed, managerProblems } from './manager-problems.ts';
import { type OrgProblem, orgProblemKinds } from './org-problem.ts';

interface Facts {
  readonly people: readonly PersonFacts[];
  readonly departed: readonly Departed[];
}

const rank = new Map(orgProblemKinds.map((kind, index) => [kind, index]));

/** The order in which problems are listed: by kind, the gravest first, then by label. */
export function compareProblems(
  a: Pick<OrgProblem, 'kind' | 'label' | 'key'>,
  b: Pick<OrgProblem, 'kind' | 'label' | 'key'>,
): number {
  const byKind = (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0);
  if (byKind !== 0) return byKind;
  if (a.label !== b.label) return a.label < b.label ? -1 : 1;
  return a.key === b.key ? 0 : a.key < b.key ? -1 : 1;
}

/** Everything that is wrong with departments and managers, in order. */
export function problemsOf(
  { createTeams, teamAttribute }: Pick<OrgSettings, 'createTeams' | 'teamAttribute'>,
  { people, departed }: Facts,
): OrgProblem[] {
  const all = survey(people);
  return [
    ...managerProblems(all, departed),
    ...departmentProblems(all, teamAttribute),
    ...nameClashes(createTeams, all),
  ].sort(compareProblems);
}

/** Everything that is wrong in an account; at most three statements, however many people there are. */
export async function findProblems(db: Sql, accountId: string): Promise<OrgProblem[]> {
  const settings = await readSettings(db, accountId);
  const people = await readFacts(db, accountId, settings);
  const awaited = people.flatMap(({ managerId, managerValue }) =>
    managerId === null && managerValue !== null ? [fold(managerValue)] : [],
  );
  return problemsOf(settings, { people, departed: await readDeparted(db, accountId, [...new Set(awaited)]) });
}

/** Those who left and go by one of these ids or userNames; one statement, none where there are no names. */
async function readDeparted(
  db: Sql,
  accountId: string,
  names: readonly string[],
): Promise<readonly Departed[]> {
  if (names.length === 0) return [];
  const statement: RawBuilder<Departed> = sql`
    SELECT u.id, u.user_name AS "userName", coalesce(u.display_name, u.user_name) AS label FROM users u
    WHERE u.account_id = ${accountId}::uuid AND u.status = 'DEPROVISIONED'
      AND (u.id = ANY (${names.filter(isUuid)}::uuid[]) OR fold(u.user_name) = ANY (${[...names]}::text[]))`;
  return (await statement.execute(db)).rows;
}
