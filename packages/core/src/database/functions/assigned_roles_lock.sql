-- The advisory lock of the roles that identity providers assign. Whoever writes people shares it; whoever changes which roles
-- may be assigned, or what one of them is called, holds it alone, so that neither misses the other.
CREATE OR REPLACE FUNCTION assigned_roles_lock(account uuid) RETURNS bigint LANGUAGE sql IMMUTABLE
  RETURN hashtextextended('assigned roles of ' || account::text, 0);
