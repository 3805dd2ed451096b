import { Migration } from '@mikro-orm/migrations';
import { functionNamed } from '../function-named.ts';

/**
 * Readers of a log wait for every transaction that may still write events before what they see. A transaction that says
 * in which account it writes is waited for in that account alone.
 */
export class SpareFeeds extends Migration {
  override up(): void {
    for (const name of ['stays_within', 'running_writers', 'org_turn']) this.addSql(functionNamed(name));
    this.addSql(guard);
  }
}

/** Nothing calls this any more, so it has no file among the functions. */
const guard = `
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
