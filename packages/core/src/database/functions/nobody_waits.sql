-- Does nobody wait for a manager of one of these names? This looks after it has the lock, so that it sees what was
-- committed while the calling statement was waiting.
CREATE OR REPLACE FUNCTION nobody_waits(account uuid, names text[]) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(managers_lock(account));
  RETURN NOT EXISTS (SELECT FROM users r WHERE r.account_id = account AND r.manager_id IS NULL
    AND r.manager_value IS NOT NULL AND r.status <> 'DEPROVISIONED' AND fold(r.manager_value) = ANY (names));
END $$;
