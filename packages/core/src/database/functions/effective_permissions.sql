-- What a person may do: by the roles that were granted, without the exclusive ones where there are others; by the
-- account's default roles where none was granted, and where the person is NULL. STABLE makes this see what the calling
-- statement sees, so that a credential and what its person may do are of one moment.
CREATE OR REPLACE FUNCTION effective_permissions(account uuid, person uuid) RETURNS text[] LANGUAGE sql STABLE
  RETURN (
    WITH granted AS (
      SELECT r.id, r.exclusive FROM roles_of(account, person) g JOIN roles r ON r.account_id = account AND r.id = g.role_id),
    counting AS (
      SELECT id FROM granted WHERE NOT exclusive OR NOT EXISTS (SELECT FROM granted WHERE NOT exclusive)
      UNION ALL SELECT id FROM roles WHERE account_id = account AND is_default AND NOT EXISTS (SELECT FROM granted))
    SELECT coalesce(array_agg(DISTINCT permission ORDER BY permission), '{}')
    FROM roles r CROSS JOIN unnest(r.permissions) AS permission
    WHERE r.account_id = account AND r.id IN (SELECT id FROM counting));
