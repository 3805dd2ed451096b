-- When a person arrives under a name at the moment that somebody else names them as manager, neither transaction sees
-- the other, and the line between the two would never come about. So a change that may leave somebody waiting for a
-- manager holds the lock exclusively, and those who arrive share it. It is waited for before the transaction has its
-- number.
CREATE OR REPLACE FUNCTION hold_managers_lock(account uuid, may_wait boolean) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF may_wait THEN
    PERFORM pg_advisory_xact_lock(managers_lock(account));
  ELSE
    PERFORM pg_advisory_xact_lock_shared(managers_lock(account));
  END IF;
END $$;
