-- What a change of groups may give and take is held here before a team's row is: NULL when none of the groups is mapped
-- to a role, and none gets a name that waits for its group or becomes a role of that name. Otherwise everybody is held who may join or leave, and with
-- the role `admin` all active admins, in the order of their ids. VOLATILE shows it the mappings as they are once
-- the locks of the groups are held. Whoever is no identity provider needs all permissions that are moved, also for
-- another name of the group: `own`, as far as the session or token `asking` still allows them once everybody is held.
CREATE OR REPLACE FUNCTION hold_group_members(account uuid, groups uuid[], people uuid[], everybody boolean, names text[],
  pushed_by uuid, own text[], asking uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  concerned uuid[] := ARRAY(SELECT m.role_id FROM role_mappings m WHERE m.account_id = account AND m.team_id = ANY (groups));
  linked uuid[] := '{}';
  as_roles boolean := false;
  held uuid[];
  lacking text;
BEGIN
  IF names IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock_shared(group_names_lock(account));
    linked := ARRAY(SELECT m.role_id FROM role_mappings m WHERE m.account_id = account AND m.team_id IS NULL
      AND m.connection_id = coalesce(pushed_by, (SELECT t.connection_id FROM teams t WHERE t.account_id = account AND t.id = groups[1]))
      AND fold(m.group_name) = ANY (ARRAY(SELECT fold(n) FROM unnest(names) AS n)));
    as_roles := EXISTS (SELECT FROM connections c WHERE c.account_id = account AND c.groups_as_roles AND c.id =
      coalesce(pushed_by, (SELECT t.connection_id FROM teams t WHERE t.account_id = account AND t.id = groups[1])));
  END IF;
  IF concerned = '{}' AND linked = '{}' AND NOT as_roles THEN
    RETURN NULL;
  END IF;
  held := people;
  IF everybody OR linked <> '{}' OR as_roles THEN
    held := held || ARRAY(SELECT m.user_id FROM memberships m WHERE m.account_id = account AND m.team_id = ANY (groups));
  END IF;
  IF EXISTS (SELECT FROM roles r WHERE r.account_id = account AND r.key = 'admin' AND r.id = ANY (concerned)) THEN
    held := held || ARRAY(SELECT g.user_id FROM roles r JOIN role_grants g ON g.account_id = r.account_id AND g.role_id = r.id
      WHERE r.account_id = account AND r.key = 'admin');
  END IF;
  IF own IS NOT NULL THEN
    -- Whoever asks keeps their roles and access until it is done, as with changes by the gate.
    held := held || ARRAY(SELECT s.user_id FROM sessions s WHERE s.account_id = account AND s.id = asking
      UNION ALL SELECT t.user_id FROM tokens t WHERE t.account_id = account AND t.id = asking);
  END IF;
  PERFORM FROM users u WHERE u.account_id = account AND keeps_order(u.xmin) AND u.id = ANY (held)
    ORDER BY u.id FOR NO KEY UPDATE OF u;
  IF own IS NOT NULL AND (linked <> '{}' OR as_roles OR everybody OR people IS NOT NULL OR EXISTS (
    SELECT FROM teams t WHERE t.account_id = account AND t.id = ANY (groups) AND t.display_name <> ALL (names))) THEN
    IF asking IS NOT NULL THEN
      own := ARRAY(SELECT o FROM (
          SELECT s.user_id FROM sessions s WHERE s.account_id = account AND s.id = asking AND s.expires_at > clock_timestamp()
          UNION ALL SELECT t.user_id FROM tokens t WHERE t.account_id = account AND t.id = asking AND t.revoked_at IS NULL
            AND (t.expires_at IS NULL OR t.expires_at > clock_timestamp())) a
        LEFT JOIN users u ON u.account_id = account AND u.id = a.user_id
        CROSS JOIN LATERAL (SELECT effective_permissions(account, a.user_id) AS theirs OFFSET 0) e
        CROSS JOIN unnest(own) AS o
        WHERE a.user_id IS NULL OR (u.status = 'ACTIVE' AND o = ANY (e.theirs)));
    END IF;
    SELECT p.permission INTO lacking FROM (
      SELECT 'roles:write' AS permission
      UNION SELECT unnest(r.permissions) FROM roles r WHERE r.account_id = account AND r.id = ANY (concerned || linked)
      UNION SELECT unnest(effective_permissions(account, NULL))) p
    WHERE p.permission <> ALL (own) ORDER BY p.permission <> 'roles:write', p.permission LIMIT 1;
    IF lacking IS NOT NULL THEN
      RAISE check_violation USING MESSAGE = 'the group is mapped to roles', DETAIL = lacking,
        CONSTRAINT = 'role_mappings__permissions';
    END IF;
  END IF;
  RETURN true;
END $$;
