-- The names by which an element of `roles` may ask for a role, the first that is one counts: its value, then its display.
-- Microsoft Entra ID puts the whole app role as JSON into the value of a PATCH: {"id": …, "value": "25", "displayName":
-- "Clerk"}. What only looks like JSON is a name like any other.
CREATE OR REPLACE FUNCTION role_names_in(said jsonb) RETURNS text[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  inner_role jsonb;
BEGIN
  IF said ->> 'value' ~ '^\s*\{' THEN
    BEGIN
      inner_role := (said ->> 'value')::jsonb;
    EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
      NULL;
    END;
  END IF;
  RETURN array_remove(ARRAY[inner_role ->> 'value', inner_role ->> 'displayName', said ->> 'value', said ->> 'display'], NULL);
END $$;
