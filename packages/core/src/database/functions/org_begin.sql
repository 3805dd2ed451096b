-- This waits until nobody changes the setting or the shape of the org structure, and keeps those waiting until the
-- transaction ends. It answers what teams are made from: NULL where none are made, or none from these attributes.
-- Without a list, any attribute may differ. Between two slices of a rebuild not everybody is known yet, and not everybody
-- forgotten who was known.
CREATE OR REPLACE FUNCTION org_begin(account uuid, attributes text[]) RETURNS text[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  mode text;
  chosen text;
BEGIN
  PERFORM stays_within(account), pg_advisory_xact_lock_shared(org_settings_lock(account));
  SELECT create_teams, team_attribute INTO mode, chosen FROM accounts WHERE id = account;
  IF NOT chosen = ANY (attributes) THEN
    RETURN NULL;
  END IF;
  IF mode <> 'NONE' THEN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended(concat(account::text, 'teams'), 0));
  END IF;
  IF EXISTS (SELECT FROM org_rebuilds r WHERE r.account_id = account AND r.state = 'RUNNING') THEN
    PERFORM org_takes_more('teams are being rebuilt');
  END IF;
  RETURN CASE WHEN mode <> 'NONE' THEN ARRAY[mode, chosen] END;
END $$;
