-- This ends the sessions of people except the one to keep, the links by which they could set a password, and their
-- tokens where asked, and answers the ids of the sessions and tokens. VOLATILE makes it see those that began while the calling statement waited for the person's row.
CREATE OR REPLACE FUNCTION end_access(account uuid, people uuid[], kept uuid, ends_tokens boolean) RETURNS SETOF uuid
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  DELETE FROM password_resets r WHERE r.account_id = account AND r.user_id = ANY(people);
  RETURN QUERY DELETE FROM sessions s
    WHERE s.account_id = account AND s.user_id = ANY(people) AND s.id IS DISTINCT FROM kept RETURNING s.id;
  IF ends_tokens THEN
    RETURN QUERY UPDATE tokens t SET revoked_at = now()
      WHERE t.account_id = account AND t.user_id = ANY(people) AND t.revoked_at IS NULL RETURNING t.id;
  END IF;
END $$;
