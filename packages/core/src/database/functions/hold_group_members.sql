-- What a change of groups gives and takes, before it is made: NULL when none of the groups is mapped to a role,
-- and none gets a name that waits for its group or becomes a role of that name. Otherwise the mappings of these
-- groups, each with its role as events tell it, and the active admins where somebody could become or cease to be
-- one. VOLATILE shows the mappings as they are once the locks of the groups are held.
--
-- Who leaves stays in the directory, and has their roles for as long as somebody acts by them; whoever joins is held by
-- the statement itself. Nobody is held FOR UPDATE: that waits for everybody who refers to the person, as those do who
-- bring their reports, and they never wait in turn. Whoever decides on somebody's roles looks into the log. With the role `admin`
-- all active admins are held. Whoever is no identity provider needs all permissions that are moved, also for
-- another name of the group: `own`, as far as the session or token `asking` still allows them once everybody is
-- held.
CREATE OR REPLACE FUNCTION hold_group_members(account uuid, groups uuid[], comers uuid[], leavers uuid[], everybody boolean,
  names text[], pushed_by uuid, own text[], asking uuid) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  concerned uuid[] := ARRAY(SELECT m.role_id FROM role_mappings m WHERE m.account_id = account AND m.team_id = ANY (groups));
  linked uuid[] := '{}';
  as_roles boolean := false;
  admins uuid[];
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
  IF everybody OR linked <> '{}' OR as_roles THEN
    leavers := leavers || ARRAY(SELECT m.user_id FROM memberships m WHERE m.account_id = account AND m.team_id = ANY (groups));
  END IF;
  IF EXISTS (SELECT FROM roles r WHERE r.account_id = account AND r.key = 'admin' AND r.id = ANY (concerned || linked)) THEN
    admins := ARRAY(SELECT g.user_id FROM roles r, LATERAL holders_of(r.account_id, r.id) g
      WHERE r.account_id = account AND r.key = 'admin');
  END IF;
  IF own IS NOT NULL OR admins IS NOT NULL OR linked <> '{}' OR as_roles OR cardinality(leavers) > 0 THEN
    -- Whoever asks keeps their roles and access until it is done, as with changes by the gate.
    held := comers || leavers || admins || ARRAY(
      SELECT s.user_id FROM sessions s WHERE own IS NOT NULL AND s.account_id = account AND s.id = asking
      UNION ALL SELECT t.user_id FROM tokens t WHERE own IS NOT NULL AND t.account_id = account AND t.id = asking);
    PERFORM FROM users u WHERE u.account_id = account AND keeps_order(u.xmin) AND u.id = ANY (held)
      ORDER BY u.id FOR NO KEY UPDATE OF u;
  END IF;
  IF own IS NOT NULL AND (linked <> '{}' OR as_roles OR everybody OR comers IS NOT NULL OR leavers IS NOT NULL OR EXISTS (
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
  IF admins IS NOT NULL THEN
    admins := newest_active_admins(account, '{}', '{}');
  END IF;
  RETURN jsonb_build_object('admins', admins, 'mappings', (
    SELECT coalesce(jsonb_agg(jsonb_build_object('team_id', m.team_id, 'id', m.id, 'ends', m.ends,
      'role', jsonb_build_object('id', r.id, 'name', r.name, 'mappingId', m.id)) ORDER BY r.name, r.id), '[]')
    FROM role_mappings m JOIN roles r ON r.account_id = account AND r.id = m.role_id
    WHERE m.account_id = account AND m.team_id = ANY (groups)));
END $$;
