import pLimit from 'p-limit';
import { firstValues } from '../custom-attributes/assignments.ts';
import { type AttributeDefinitions, noDefinitions } from '../custom-attributes/definitions.ts';
import { takenValues } from '../custom-attributes/taken-values.ts';
import type { Sql } from '../database/database.ts';
import { rowsOf } from '../database/statement.ts';
import { translateConstraint } from '../errors/constraint-errors.ts';
import { DomainError } from '../errors/domain-error.ts';
import type { FollowedWork } from '../followers/follower.ts';
import { customAttributeConstraints } from '../model/custom-attribute.entity.ts';
import type { Authorship } from '../model/event.ts';
import { userNameTaken } from '../model/user.entity.ts';
import { passwordsAtOnce } from '../passwords/password.ts';
import { externalIdWithoutConnection } from '../text/external-id.ts';
import { findUsersById } from '../users/find-users.ts';
import { withMergedValues } from '../users/merged-values.ts';
import type { NewUser } from '../users/user-properties.ts';
import type { UserRecord } from '../users/user-record.ts';
import { checkUserProperties, withoutEmptyUserTexts } from '../users/user-rules.ts';
import { createNewcomer } from './create-newcomer.ts';
import { batchStatement, type CreatedRow } from './create-users.statements.ts';
import { followPeople, type PeopleChanged } from './follow-people.ts';
import { type InputRow, toInputRow } from './input-row.ts';
import { healPendingManagers } from './manager.ts';

/** What became of one user of a batch. `revived` says that they had been deprovisioned before. */
export type CreateOutcome =
  | { readonly user: UserRecord; readonly revived: boolean }
  | { readonly error: DomainError };

export interface CreateOptions {
  /** The account's attributes, as far as the users have any. */
  readonly definitions?: AttributeDefinitions;
  /** Why nobody of them may get a password, if so. */
  readonly passwordRefusal?: DomainError | undefined;
  /** Are the teams that they are in asked for? */
  readonly withTeams?: boolean;
}

type RowOptions = Required<Pick<CreateOptions, 'definitions' | 'withTeams'>>;

/**
 * Creates users, or revives those that were deprovisioned under the same userName; as many statements for a thousand
 * as for two. Answers in the order asked; whoever breaks a rule is refused without harm to the others.
 */
export async function createUsers(
  work: FollowedWork,
  authorship: Authorship,
  users: readonly NewUser[],
  options: CreateOptions = {},
): Promise<CreateOutcome[]> {
  const { definitions = noDefinitions, withTeams = false } = options;
  // Few passwords of a batch wait for their turn at a time, so that whoever signs in meanwhile is not behind all of them.
  const planned = await pLimit(passwordsAtOnce).map(users, (user) => planRow(authorship, user, options));
  const rows = planned.flatMap((row) => (row instanceof DomainError ? [] : [row]));
  const outcomes = await createRows(work, authorship, rows, { definitions, withTeams });
  return planned.map((row) =>
    row instanceof DomainError ? { error: row } : (outcomes.shift() ?? missing()),
  );
}

/** The row that a user is to be, or the rule that they break. */
async function planRow(
  authorship: Authorship,
  given: NewUser,
  options: CreateOptions,
): Promise<InputRow | DomainError> {
  const user = withoutEmptyUserTexts(given);
  try {
    return await toRow(authorship, user, options);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (user.passwordOptional !== true || error.facts.field !== 'password') return error;
    return planRow(authorship, { ...user, password: null, refusedPassword: error.message }, options);
  }
}

function toRow(
  { connectionId }: Authorship,
  user: NewUser,
  { definitions = noDefinitions, passwordRefusal }: CreateOptions,
): Promise<InputRow> {
  checkUserProperties(user);
  if (user.password != null && passwordRefusal !== undefined) throw passwordRefusal;
  if (connectionId === null && user.externalId != null) throw externalIdWithoutConnection();
  return toInputRow(connectionId, withMergedValues(user), firstValues(definitions, user.customAttributes));
}

async function createRows(
  work: FollowedWork,
  authorship: Authorship,
  input: readonly InputRow[],
  options: RowOptions,
): Promise<CreateOutcome[]> {
  const [only, ...others] = input;
  if (only === undefined) return [];
  const transaction = (db: Sql) => createBatch(db, authorship, input, options);
  const managers = input.some(({ manager_value }) => manager_value !== null) ? 'may-wait' : 'arrives';
  if (others.length > 0)
    return followPeople(work, authorship, { transaction, isOfOne: false, managers, values: true });
  const statement = async (): Promise<CreateOutcome[] | undefined> => {
    const user = await createNewcomer(work, authorship, only, options).catch(refusalOf);
    if (user instanceof DomainError) return [{ error: user }];
    return user === undefined ? undefined : [{ user, revived: false }];
  };
  return followPeople(work, authorship, { statement, transaction, isOfOne: true, managers, values: true });
}

/** A value that somebody else has refuses the one who brings it, and not the request. */
function refusalOf(error: unknown): DomainError {
  const refusal = translateConstraint(error, customAttributeConstraints);
  if (refusal instanceof DomainError) return refusal;
  throw error;
}

const missing = (): never => {
  throw new Error('A user of the batch was forgotten.');
};

/** Any users, with what follows: those who come back are revived, those who waited for them get their manager. */
async function createBatch(
  db: Sql,
  authorship: Authorship,
  input: readonly InputRow[],
  { definitions, withTeams }: RowOptions,
): Promise<PeopleChanged<CreateOutcome[]>> {
  const numbered = input.map((row, position) => ({ ...row, position }));
  const taken = await takenValues(db, definitions, numbered);
  const free = taken.size === 0 ? numbered : numbered.filter(({ position }) => !taken.has(position));
  const rows = await rowsOf(batchStatement({ authorship, input: JSON.stringify(free) }), db);
  const arrived = rows.flatMap(({ created_id }) => created_id ?? []);
  const healed = await healPendingManagers(db, authorship, arrived);
  const byPosition = new Map(rows.map((row) => [row.position, row]));
  const result = input.map((_, position) => {
    const error = taken.get(position);
    return error === undefined ? toOutcome(byPosition.get(position)) : { error };
  });
  const afterwards = () => readAnew(db, authorship, result, withTeams);
  return {
    // Who names somebody of the same batch as manager has got them only by now.
    result: healed.some((id) => arrived.includes(id)) ? await afterwards() : result,
    userIds: arrived,
    afterwards: withTeams ? afterwards : undefined,
  };
}

/** The outcomes with the users as they are by now; one statement. */
async function readAnew(
  db: Sql,
  { accountId, connectionId }: Authorship,
  outcomes: readonly CreateOutcome[],
  withTeams: boolean,
): Promise<CreateOutcome[]> {
  const ids = outcomes.flatMap((outcome) => ('user' in outcome ? outcome.user.id : []));
  const records = await findUsersById(db, accountId, ids, { connectionId, withTeams });
  const byId = new Map(records.flatMap((record) => (record === undefined ? [] : [[record.id, record]])));
  return outcomes.map((outcome) =>
    'user' in outcome ? { ...outcome, user: byId.get(outcome.user.id) ?? outcome.user } : outcome,
  );
}

function toOutcome(row: CreatedRow | undefined): CreateOutcome {
  if (row === undefined || row.created_id === null)
    return { error: userNameTaken(row?.existing_id ?? undefined) };
  return { user: row.record, revived: row.existing_id !== null };
}
