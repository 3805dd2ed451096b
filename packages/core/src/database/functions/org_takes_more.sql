-- A single statement can't follow up everything: what changes the shape of the org structure is refused by this, and
-- the change begins anew with the account to itself.
CREATE OR REPLACE FUNCTION org_takes_more(why text) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'RC001', MESSAGE = why;
END $$;
