import { Migration } from '@mikro-orm/migrations';

/**
 * Teams follow from few things that are said of people. Who changes something else needs no turn, only the certainty
 * that the account does not choose just that attribute meanwhile.
 */
export class SpareTurns extends Migration {
  override up(): void {
    this.addSql(guard);
  }
}

/** `attributes` are those that a change touches; NULL when it touches what teams follow from under any setting. */
const guard = `
CREATE FUNCTION org_guard(account uuid, attributes text[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE chosen text;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(org_settings_lock(account));
  SELECT team_attribute INTO chosen FROM accounts WHERE id = account AND create_teams <> 'NONE';
  -- Without a list the comparison is NULL, and the change refused.
  IF chosen IS NULL OR NOT chosen = ANY (attributes) THEN
    RETURN;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'RC001', MESSAGE = 'teams follow from people in this account', DETAIL = chosen;
END $$;
`;
