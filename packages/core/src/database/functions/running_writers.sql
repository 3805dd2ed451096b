-- The transactions that had not ended when the statement began, each with the hash of the account that it said by
-- stays_within, NULL where it said none. Accounts with the same hash wait for each other. The table of locks is read
-- only when there is such a transaction.
CREATE OR REPLACE FUNCTION running_writers() RETURNS TABLE (xid xid8, account_hash integer)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  seen CONSTANT pg_snapshot := pg_current_snapshot();
BEGIN
  IF pg_snapshot_xmin(seen) = pg_snapshot_xmax(seen) THEN
    RETURN;
  END IF;
  RETURN QUERY
    WITH locks AS MATERIALIZED (
      SELECT l.virtualtransaction, l.transactionid, l.objid FROM pg_locks l WHERE l.granted
        AND (l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock'
          OR l.locktype = 'advisory' AND l.objsubid = 2 AND l.classid::bigint = stays_within_class()))
    SELECT x.xid, (
      SELECT said.objid::bigint::bit(32)::integer FROM locks t JOIN locks said ON said.virtualtransaction = t.virtualtransaction
      WHERE t.transactionid = x.xid::xid AND said.objid IS NOT NULL LIMIT 1)
    FROM pg_snapshot_xip(seen) AS x (xid);
END $$;
