-- NULL where no identity provider of the account may assign a role. Nobody changes that until the transaction ends.
CREATE OR REPLACE FUNCTION begin_assigned_roles(account uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(assigned_roles_lock(account));
  RETURN CASE WHEN EXISTS (SELECT FROM assignable_roles a WHERE a.account_id = account) THEN true END;
END $$;
