import { type RawBuilder, sql } from 'kysely';
import { DomainError } from '../errors.ts';

/**
 * The active admins of the account, locked with their grants, when one of `ids`, a uuid[], is among them; else nothing, at the cost of a look.
 * Taken before anything else, in one order, so that two admins can't take each other's access at the same moment.
 * Somebody who has the role from several sources comes several times.
 */
export const activeAdminsIfAmong = (
  accountId: string,
  ids: RawBuilder<unknown>,
): RawBuilder<{ id: string }> =>
  sql`SELECT u.id FROM users u JOIN role_grants g ON g.account_id = u.account_id AND g.user_id = u.id
    JOIN roles r ON r.account_id = g.account_id AND r.id = g.role_id AND r.key = 'admin'
    WHERE u.account_id = ${accountId}::uuid AND u.status = 'ACTIVE' AND EXISTS (${adminIds(accountId)} AND g.user_id = ANY(${ids}))
    ORDER BY u.id FOR NO KEY UPDATE OF u, g`;

const adminIds = (accountId: string): RawBuilder<unknown> =>
  sql`SELECT g.user_id FROM roles r JOIN role_grants g ON g.account_id = r.account_id AND g.role_id = r.id
    WHERE r.account_id = ${accountId}::uuid AND r.key = 'admin'`;

/** Is the user in the rows of `admins`, and alone there? */
export const isTheOnlyOneOf = (admins: string, id: string): RawBuilder<unknown> =>
  sql`((SELECT array_agg(DISTINCT admin.id) FROM ${sql.table(admins)} admin) IS NOT DISTINCT FROM ARRAY[${sql.ref(id)}])`;

export const lastAdmin = (id: string): DomainError =>
  new DomainError(
    'LAST_ADMIN',
    `User ${id} is the last active admin of this account. Give somebody else the admin role first.`,
    { field: 'id' },
  );
