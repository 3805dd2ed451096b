-- The advisory lock of an account's choice from what teams are made. Every change of people shares it, so that the
-- choice can't change under them.
CREATE OR REPLACE FUNCTION org_settings_lock(account uuid) RETURNS bigint LANGUAGE sql IMMUTABLE
  RETURN hashtextextended('org structure of ' || account::text, 0);
