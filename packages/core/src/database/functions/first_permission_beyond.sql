-- The first permission that a person has beyond those of `limits`; beyond the account's default roles where that is
-- NULL. VOLATILE makes this, and what it calls, see what was committed while the calling statement waited for the
-- person's row.
CREATE OR REPLACE FUNCTION first_permission_beyond(account uuid, person uuid, limits text[]) RETURNS text
LANGUAGE sql VOLATILE
  RETURN (SELECT permission FROM unnest(effective_permissions(account, person)) AS permission
    WHERE permission <> ALL (coalesce(limits, effective_permissions(account, NULL))) ORDER BY permission LIMIT 1);
