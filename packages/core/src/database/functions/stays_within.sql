-- The first number of these locks, any fixed one, tells them from all other advisory locks.
CREATE OR REPLACE FUNCTION stays_within_class() RETURNS integer LANGUAGE sql IMMUTABLE RETURN 1383033964;

-- A transaction says by this in which account it writes, so that the readers of other accounts' logs need not wait
-- for it (running_writers). Everybody shares the lock, so nobody ever waits here.
CREATE OR REPLACE FUNCTION stays_within(account uuid) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(stays_within_class(), hashtext(account::text));
END $$;
