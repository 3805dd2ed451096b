-- A change of people that may change the shape of the org structure waits here, before its transaction has a number,
-- until it has the structure to itself. The answer says whether teams follow from people at all;
-- they do as well where none are made any more, as long as a rebuild has not forgotten everybody. A caller that does
-- not know that they have to follow is refused, and begins again as one that does. Many statements come after this,
-- each for a few rows that an index finds whatever their values and however new the table: planning them anew each
-- time would take longer than running them.
CREATE OR REPLACE FUNCTION hold_org_structure(account uuid, follows boolean) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF follows THEN
    PERFORM set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true);
  END IF;
  PERFORM stays_within(account), pg_advisory_xact_lock_shared(org_settings_lock(account));
  IF (SELECT create_teams = 'NONE' FROM accounts WHERE id = account)
    AND NOT EXISTS (SELECT FROM org_rebuilds r WHERE r.account_id = account AND r.state = 'RUNNING') THEN
    RETURN false;
  END IF;
  IF NOT follows THEN
    RAISE EXCEPTION USING ERRCODE = 'RC001', MESSAGE = 'teams follow from people in this account';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(concat(account::text, 'teams'), 0));
  RETURN true;
END $$;
