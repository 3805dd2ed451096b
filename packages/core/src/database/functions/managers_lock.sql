-- The advisory lock under which an account's people arrive and name their managers.
CREATE OR REPLACE FUNCTION managers_lock(account uuid) RETURNS bigint LANGUAGE sql IMMUTABLE
  RETURN hashtextextended('managers of ' || account::text, 0);
