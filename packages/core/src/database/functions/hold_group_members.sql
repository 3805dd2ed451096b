-- What a change of groups may give and take is held here before a team's row is: NULL when none of the groups is mapped
-- to a role, and none gets a name that waits for its group. Otherwise everybody is held who may join or leave, and with
-- the role `admin` all active admins, in the order of their ids. VOLATILE shows it the mappings as they are once
-- the locks of the groups are held. Whoever is no identity provider needs all permissions that are moved: `own`.
CREATE OR REPLACE FUNCTION hold_group_members(account uuid, groups uuid[], people uuid[], everybody boolean, names text[],
  pushed_by uuid, own text[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  concerned uuid[] := ARRAY(SELECT m.role_id FROM role_mappings m WHERE m.account_id = account AND m.team_id = ANY (groups));
  linked uuid[] := '{}';
  lacking text;
BEGIN
  IF names IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock_shared(group_names_lock(account));
    linked := ARRAY(SELECT m.role_id FROM role_mappings m WHERE m.account_id = account AND m.team_id IS NULL
      AND m.connection_id = coalesce(pushed_by, (SELECT t.connection_id FROM teams t WHERE t.account_id = account AND t.id = groups[1]))
      AND fold(m.group_name) = ANY (ARRAY(SELECT fold(n) FROM unnest(names) AS n)));
  END IF;
  IF concerned = '{}' AND linked = '{}' THEN
    RETURN NULL;
  END IF;
  IF own IS NOT NULL AND (linked <> '{}' OR everybody OR people IS NOT NULL) THEN
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
  PERFORM FROM users u WHERE u.account_id = account AND keeps_order(u.xmin) AND u.id = ANY (ARRAY(
      SELECT unnest(people)
      UNION SELECT m.user_id FROM memberships m WHERE (everybody OR linked <> '{}') AND m.account_id = account AND m.team_id = ANY (groups)
      UNION SELECT g.user_id FROM roles r JOIN role_grants g ON g.account_id = r.account_id AND g.role_id = r.id
        WHERE r.account_id = account AND r.key = 'admin' AND r.id = ANY (concerned)))
    ORDER BY u.id FOR NO KEY UPDATE OF u;
  RETURN true;
END $$;
