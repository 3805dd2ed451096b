import { Migration } from '@mikro-orm/migrations';

/**
 * Readers of a log wait for every transaction that may still write events before what they see. A transaction that says
 * in which account it writes is waited for in that account alone.
 */
export class SpareFeeds extends Migration {
  override up(): void {
    for (const statement of [saying, asking, guards]) this.addSql(statement);
  }
}

/** Shared by everybody, so it is never waited for. The first number, any fixed one, tells these locks from all others. */
const saying = `
CREATE FUNCTION stays_within_class() RETURNS integer LANGUAGE sql IMMUTABLE RETURN 1383033964;

CREATE FUNCTION stays_within(account uuid) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(stays_within_class(), hashtext(account::text));
END $$;
`;

/**
 * The transactions that had not ended when the statement began, with the hash of the account that they said; NULL of who
 * said none. Accounts with the same hash wait for each other. Locks are looked at only where such a transaction is.
 */
const asking = `
CREATE FUNCTION running_writers() RETURNS TABLE (xid xid8, account_hash integer) LANGUAGE plpgsql STABLE AS $$
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
`;

const guards = `
CREATE OR REPLACE FUNCTION org_turn(account uuid, follows boolean) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF follows THEN
    PERFORM set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true);
  END IF;
  PERFORM stays_within(account), pg_advisory_xact_lock_shared(org_settings_lock(account));
  IF (SELECT create_teams = 'NONE' FROM accounts WHERE id = account) THEN
    RETURN false;
  END IF;
  IF NOT follows THEN
    RAISE EXCEPTION USING ERRCODE = 'RC001', MESSAGE = 'teams follow from people in this account';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(concat(account::text, 'teams'), 0));
  RETURN true;
END $$;

CREATE OR REPLACE FUNCTION org_guard(account uuid, attributes text[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE chosen text;
BEGIN
  PERFORM stays_within(account), pg_advisory_xact_lock_shared(org_settings_lock(account));
  SELECT team_attribute INTO chosen FROM accounts WHERE id = account AND create_teams <> 'NONE';
  -- Without a list the comparison is NULL, and the change refused.
  IF chosen IS NULL OR NOT chosen = ANY (attributes) THEN
    RETURN;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'RC001', MESSAGE = 'teams follow from people in this account', DETAIL = chosen;
END $$;
`;
