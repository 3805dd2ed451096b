-- The advisory lock of the names of an account's groups. Whoever gives a group its name shares it; whoever maps a
-- name that no group has holds it alone, so that neither misses the other.
CREATE OR REPLACE FUNCTION group_names_lock(account uuid) RETURNS bigint LANGUAGE sql IMMUTABLE
  RETURN hashtextextended('group names of ' || account::text, 0);
