import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { DomainError } from '../errors/domain-error.ts';
import type { Authorship } from '../model/event.ts';
import { isUuid } from '../text/uuid.ts';

/** What a connection with the strict profile manages: people whom it knows by an external id, and groups that it pushed. */
export type ManagedKind = 'people' | 'teams';

/** The strict connections that manage people or teams; of several of a person one. */
const managerOf: Record<ManagedKind, (accountId: string, ids: readonly string[]) => RawBuilder<ManagedRow>> =
  {
    people: (accountId, ids) => sql`
    SELECT DISTINCT ON (x.user_id) x.user_id AS id, c.id AS connection_id, c.name FROM user_external_ids x
    JOIN connections c ON c.account_id = x.account_id AND c.id = x.connection_id AND c.strict
    WHERE x.account_id = ${accountId}::uuid AND x.user_id = ANY(${[...ids]}::uuid[]) ORDER BY x.user_id, c.name`,
    teams: (accountId, ids) => sql`
    SELECT t.id, c.id AS connection_id, c.name FROM teams t JOIN connections c ON c.account_id = t.account_id AND c.id = t.connection_id AND c.strict
    WHERE t.account_id = ${accountId}::uuid AND t.id = ANY(${[...ids]}::uuid[])`,
  };

interface ManagedRow {
  /** Of the person or team. */
  readonly id: string;
  readonly connection_id: string;
  /** Of the connection. */
  readonly name: string;
}

/** Whether the person of the row `u` signs in here, by password or passkey: nobody manages them so strictly that they don't. */
export const signsInHere: RawBuilder<boolean> = sql`NOT EXISTS (
  SELECT FROM user_external_ids x JOIN connections c ON c.account_id = x.account_id AND c.id = x.connection_id AND c.strict
  WHERE x.account_id = u.account_id AND x.user_id = u.id)`;

/** Which connection manages each of these, by id; one statement. */
export async function managersOf(
  db: Sql,
  accountId: string,
  kind: ManagedKind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ManagedRow>> {
  const wanted = ids.filter(isUuid);
  if (wanted.length === 0) return new Map();
  const { rows } = await managerOf[kind](accountId, wanted).execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Why each of these can't be changed by whoever asks, by id: identity providers change what they manage, and nobody else
 * does. Whoever turns the profile on is not waited for: a change that began before it is as one that was made before it.
 */
export async function refusalsOf(
  db: Sql,
  { accountId, connectionId }: Authorship,
  kind: ManagedKind,
  ids: readonly string[],
): Promise<(id: string, field: string) => DomainError | undefined> {
  if (connectionId !== null) return () => undefined;
  const managers = await managersOf(db, accountId, kind, ids);
  return (id, field) => {
    const connection = managers.get(id.toLowerCase());
    return connection === undefined ? undefined : isManaged(connection.name, field);
  };
}

/** The same of one of them. @throws DomainError MANAGED_BY_CONNECTION */
export async function assertUnmanaged(
  db: Sql,
  authorship: Authorship,
  kind: ManagedKind,
  { id, field }: { readonly id: string; readonly field: string },
): Promise<void> {
  const refusal = (await refusalsOf(db, authorship, kind, [id]))(id, field);
  if (refusal !== undefined) throw refusal;
}

/** Who is managed has no password here, and signs in by no passkey. @throws DomainError MANAGED_BY_CONNECTION */
export async function assertSignsInHere(
  db: Sql,
  {
    accountId,
    userId,
    field,
  }: { readonly accountId: string; readonly userId: string; readonly field: string },
): Promise<void> {
  const connection = (await managersOf(db, accountId, 'people', [userId])).get(userId.toLowerCase());
  if (connection === undefined) return;
  const { name } = connection;
  throw new DomainError(
    'MANAGED_BY_CONNECTION',
    `${field}: the connection "${name}" manages this person, who signs in at the identity provider and has no password or passkey here. An admin can turn the strict profile of the connection off.`,
    { field, connection: name },
  );
}

const isManaged = (name: string, field: string): DomainError =>
  new DomainError(
    'MANAGED_BY_CONNECTION',
    `${field}: is managed by the connection "${name}", so it is not changed here. Change it at the identity provider, or have an admin turn the strict profile of the connection off.`,
    { field, connection: name },
  );
