import { Migration } from '@mikro-orm/migrations';

/**
 * What somebody may do is compared where it is decided on: with the permissions of a person as of now. And a connection
 * says whether its identity provider may set passwords.
 */
export class LimitPowers extends Migration {
  override up(): void {
    this.addSql(effectivePermissions);
    this.addSql(firstBeyond);
    this.addSql(passwordSync);
    this.addSql(leftOverGrants);
  }
}

/**
 * What a person may do: by the roles that were granted, without the exclusive ones where there are others; by the
 * account's default roles where none was granted, as for a person who is NULL. VOLATILE, so that it sees what was
 * committed while the calling statement waited for the person's row.
 */
const effectivePermissions = `
CREATE FUNCTION effective_permissions(account uuid, person uuid) RETURNS text[] LANGUAGE sql VOLATILE
  RETURN (
    WITH granted AS (
      SELECT r.id, r.exclusive FROM role_grants g JOIN roles r ON r.account_id = g.account_id AND r.id = g.role_id
      WHERE g.account_id = account AND g.user_id = person),
    counting AS (
      SELECT id FROM granted WHERE NOT exclusive OR NOT EXISTS (SELECT FROM granted WHERE NOT exclusive)
      UNION ALL SELECT id FROM roles WHERE account_id = account AND is_default AND NOT EXISTS (SELECT FROM granted))
    SELECT coalesce(array_agg(DISTINCT permission ORDER BY permission), '{}')
    FROM roles r CROSS JOIN unnest(r.permissions) AS permission
    WHERE r.account_id = account AND r.id IN (SELECT id FROM counting));
`;

/** The first permission that a person has beyond those of `limits`; beyond the account's default roles where that is NULL. */
const firstBeyond = `
CREATE FUNCTION first_permission_beyond(account uuid, person uuid, limits text[]) RETURNS text LANGUAGE sql VOLATILE
  RETURN (SELECT permission FROM unnest(effective_permissions(account, person)) AS permission
    WHERE permission <> ALL (coalesce(limits, effective_permissions(account, NULL))) ORDER BY permission LIMIT 1);
`;

/** NULL leaves it to the provider. */
const passwordSync = 'ALTER TABLE connections ADD COLUMN password_sync boolean;';

/** Grants that were written while their holder was deprovisioned; whoever is revived would have them again. */
const leftOverGrants = `
DELETE FROM role_grants g USING users u
WHERE u.account_id = g.account_id AND u.id = g.user_id AND u.status = 'DEPROVISIONED';
`;
