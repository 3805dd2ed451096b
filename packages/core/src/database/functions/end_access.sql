-- This ends the sessions of people except the one to keep, and their tokens where asked, and answers the ids of what
-- it ended. VOLATILE makes it see those that began while the calling statement waited for the person's row.
CREATE OR REPLACE FUNCTION end_access(account uuid, people uuid[], kept uuid, ends_tokens boolean) RETURNS SETOF uuid
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN QUERY DELETE FROM sessions s
    WHERE s.account_id = account AND s.user_id = ANY(people) AND s.id IS DISTINCT FROM kept RETURNING s.id;
  IF ends_tokens THEN
    RETURN QUERY UPDATE tokens t SET revoked_at = now()
      WHERE t.account_id = account AND t.user_id = ANY(people) AND t.revoked_at IS NULL RETURNING t.id;
  END IF;
END $$;
