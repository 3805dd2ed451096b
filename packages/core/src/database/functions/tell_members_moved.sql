-- Once people have joined and left groups that give roles: other processes hear whose access to look up again.
-- `admins` are those of `hold_group_members`, an array where the role `admin` is among these. Then the people are
-- written, so that whoever decides who stays an admin sees them; and refused is what leaves the account without an
-- active admin that had one. VOLATILE makes it see who joined and left by the calling statement.
CREATE OR REPLACE FUNCTION tell_members_moved(account uuid, people uuid[], admins jsonb) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
BEGIN
  PERFORM pg_notify('rollcall_credentials', s.id::text) FROM sessions s
  WHERE s.account_id = account AND s.user_id = ANY (people);
  PERFORM pg_notify('rollcall_credentials', t.id::text) FROM tokens t
  WHERE t.account_id = account AND t.user_id = ANY (people) AND t.revoked_at IS NULL;
  IF jsonb_typeof(admins) = 'array' THEN
    UPDATE users u SET updated_at = u.updated_at WHERE u.account_id = account AND u.id = ANY (people);
    IF admins <> '[]' AND newest_active_admins(account, '{}', '{}') = '{}' THEN
      RAISE check_violation USING MESSAGE = 'somebody has to stay an admin', DETAIL = admins ->> 0,
        CONSTRAINT = 'role_grants__last_admin';
    END IF;
  END IF;
  RETURN true;
END $$;
