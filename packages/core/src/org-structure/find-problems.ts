import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { waitsFor } from '../users/manager.ts';
import { departmentProblems, nameClashes } from './department-problems.ts';
import { type Departed, managerProblems } from './manager-problems.ts';
import { type OrgProblem, orgProblemKinds } from './org-problem.ts';
import { type ReadFacts, readFacts } from './read-facts.ts';
import { type OrgSettings, readSettings } from './settings.ts';
import { survey } from './survey.ts';

interface Facts {
  readonly people: readonly ReadFacts[];
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
  { createTeams, teamAttribute }: Omit<OrgSettings, 'value'>,
  { people, departed }: Facts,
): OrgProblem[] {
  const all = survey(people);
  return [
    ...managerProblems(all, departed),
    ...departmentProblems(all, teamAttribute),
    ...nameClashes(createTeams, all, people),
  ].sort(compareProblems);
}

/** Everything that is wrong in an account; three statements, however many people there are. */
export async function findProblems(db: Sql, accountId: string): Promise<OrgProblem[]> {
  const settings = await readSettings(db, accountId);
  return problemsOf(settings, {
    people: await readFacts(db, accountId, settings),
    departed: await readDeparted(db, accountId),
  });
}

/** Those who left and whom somebody here still names as their manager; one statement. */
async function readDeparted(db: Sql, accountId: string): Promise<readonly Departed[]> {
  const statement: RawBuilder<Departed> = sql`
    SELECT m.id, m.user_name AS "userName", coalesce(m.display_name, m.user_name) AS label FROM users m
    WHERE m.account_id = ${accountId}::uuid AND m.status = 'DEPROVISIONED' AND EXISTS (SELECT FROM users r
      WHERE ${waitsFor(accountId, sql`(ARRAY[m.id::text, lower(m.user_name)])`)})`;
  return (await statement.execute(db)).rows;
}
