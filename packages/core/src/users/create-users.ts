import { rowsOf } from '../database/statement.ts';
import type { Work } from '../database/work.ts';
import { type DomainError, invalidInput } from '../errors.ts';
import type { Authorship } from '../events/event.ts';
import { createNewcomer } from './create-newcomer.ts';
import { batchStatement, type CreatedRow, healStatement } from './create-users.statements.ts';
import { type InputRow, toInputRow } from './input-row.ts';
import { userNameTaken } from './user.entity.ts';
import type { NewUser } from './user-properties.ts';
import type { UserRecord } from './user-record.ts';
import { checkUserProperties } from './user-rules.ts';

/** What became of one user of a batch. `revived` says that they had been deprovisioned before. */
export type CreateOutcome =
  | { readonly user: UserRecord; readonly revived: boolean }
  | { readonly error: DomainError };

/**
 * Creates users, or revives those that were deprovisioned under the same userName; as many statements for a thousand
 * as for two. Answers in the order asked. Throws INVALID_INPUT when a value breaks a rule: then nothing is written.
 */
export async function createUsers(
  work: Work,
  authorship: Authorship,
  users: readonly NewUser[],
): Promise<CreateOutcome[]> {
  for (const [index, user] of users.entries())
    checkUserProperties(user, users.length > 1 ? `users.${index}.` : '');
  if (authorship.connectionId === null && users.some((user) => user.externalId != null)) {
    throw invalidInput('externalId', "belongs to a connection: set it with that connection's SCIM token.");
  }
  const input = await Promise.all(users.map(toInputRow));
  const [only, ...others] = input;
  if (only !== undefined && others.length === 0) {
    const user = await createNewcomer(work, authorship, only);
    if (user !== undefined) return [{ user, revived: false }];
  }
  const rows = await createBatch(work, authorship, input);
  const byPosition = new Map(rows.map((row) => [row.position, row]));
  return users.map((_, position) => toOutcome(byPosition.get(position)));
}

/** Any users, with what follows: those who come back are revived, those who waited for them get their manager. */
function createBatch(work: Work, authorship: Authorship, input: readonly InputRow[]): Promise<CreatedRow[]> {
  return work.transaction(async ({ sql: db }) => {
    const rows = await rowsOf(batchStatement({ authorship, input: JSON.stringify(input.map(numbered)) }), db);
    const arrived = rows.flatMap(({ created_id }) => created_id ?? []);
    await healStatement(authorship, arrived).execute(db);
    return rows;
  });
}

const numbered = (row: InputRow, position: number): object => ({ ...row, position });

function toOutcome(row: CreatedRow | undefined): CreateOutcome {
  if (row === undefined || row.created_id === null)
    return { error: userNameTaken(row?.existing_id ?? undefined) };
  return { user: row.record, revived: row.existing_id !== null };
}
