import type { Work } from '../database/work.ts';
import { invalidInput } from '../errors.ts';
import type { Authorship } from '../events/event.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import { checkText, MAX_TEXT_LENGTH } from '../users/user-rules.ts';
import { newId } from '../uuid.ts';
import { Connection, type IdentityProviderName } from './connection.entity.ts';

export interface ConnectionProperties {
  name?: string | null;
  provider?: IdentityProviderName | null;
}

/** Creates a connection with an identity provider. Throws ALREADY_EXISTS for a name that is taken. */
export function createConnection(
  work: Work,
  authorship: Authorship,
  input: ConnectionProperties,
): Promise<Connection> {
  const name = checkName(input.name);
  return work.transaction(async ({ em, sql }) => {
    const connection = em.create(Connection, {
      accountId: authorship.accountId,
      id: newId(),
      name,
      provider: input.provider ?? 'GENERIC',
      lastSeenAt: null,
      createdAt: new Date(),
    });
    await em.flush();
    await recordEvent(authorship, { type: 'CONNECTION_CREATED', subject: subjectOf(connection) }).execute(
      sql,
    );
    return connection;
  });
}

/** Renames a connection or says which provider it is with. Throws NOT_FOUND, ALREADY_EXISTS. */
export function updateConnection(
  work: Work,
  authorship: Authorship,
  { id, name, provider }: ConnectionProperties & { id: string },
): Promise<Connection> {
  return work.transaction(async (scope) => {
    const connection = (await hold(scope, authorship.accountId, { connections: [id] })).connection(id);
    const before = { name: connection.name, provider: connection.provider };
    if (name !== undefined) connection.name = checkName(name);
    if (provider != null) connection.provider = provider;
    const changes = [
      { field: 'name', before: before.name, after: connection.name },
      { field: 'provider', before: before.provider, after: connection.provider },
    ].filter((change) => change.before !== change.after);
    if (changes.length === 0) return connection;
    await scope.em.flush();
    await recordEvent(authorship, {
      type: 'CONNECTION_UPDATED',
      subject: subjectOf(connection),
      changes,
    }).execute(scope.sql);
    return connection;
  });
}

const subjectOf = ({ id, name }: Connection) => ({ type: 'CONNECTION', id, label: name }) as const;

function checkName(name: string | null | undefined): string {
  if (name == null || name.trim() === '') throw invalidInput('name', 'is required and can not be empty.');
  checkText(name, 'name', MAX_TEXT_LENGTH);
  return name;
}
