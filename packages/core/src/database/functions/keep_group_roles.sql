-- Roles follow from membership: of each of these pairs of a group and a person, who is held, this brings the grants in
-- line with the mappings, and answers the events that tell it, in order. VOLATILE makes it see who joined and left by
-- the calling statement. Other processes hear whose access to look up again. Refused is what would leave the
-- account without an active admin.
CREATE OR REPLACE FUNCTION keep_group_roles(account uuid, groups uuid[], people uuid[], actor_kind text, actor_id uuid,
  actor_name text, request_id text)
RETURNS TABLE (type text, subject_type text, subject_id uuid, subject_label text, related_type text, related_id uuid,
  related_label text, changes jsonb)
LANGUAGE plpgsql VOLATILE ROWS 2 SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_variable
DECLARE
  gives_admin boolean;
  admins uuid[];
  -- By mapping and person: what is due, and then what was granted; what is over, and then what was revoked.
  due uuid[];
  due_roles uuid[];
  due_people uuid[];
  over uuid[];
  over_people uuid[];
BEGIN
  SELECT coalesce(bool_or(r.key = 'admin'), false),
    array_agg(m.id) FILTER (WHERE c.is_due), array_agg(m.role_id) FILTER (WHERE c.is_due),
    array_agg(p.user_id) FILTER (WHERE c.is_due),
    array_agg(m.id) FILTER (WHERE NOT c.is_due), array_agg(p.user_id) FILTER (WHERE NOT c.is_due)
  INTO gives_admin, due, due_roles, due_people, over, over_people
  FROM unnest(groups, people) AS p (team_id, user_id)
  JOIN role_mappings m ON m.account_id = account AND m.team_id = p.team_id
  JOIN roles r ON r.account_id = account AND r.id = m.role_id
  LEFT JOIN memberships s ON s.account_id = account AND s.team_id = p.team_id AND s.user_id = p.user_id,
  LATERAL (SELECT NOT m.ends AND s.user_id IS NOT NULL AS is_due) c;
  IF gives_admin THEN
    admins := newest_active_admins(account, '{}', '{}');
  END IF;
  IF over IS NOT NULL THEN
    WITH revoked AS (
      DELETE FROM role_grants g USING unnest(over, over_people) AS c (mapping_id, user_id)
      WHERE g.account_id = account AND g.mapping_id = c.mapping_id AND g.user_id = c.user_id
      RETURNING g.mapping_id, g.user_id)
    SELECT array_agg(v.mapping_id), array_agg(v.user_id) INTO over, over_people FROM revoked v;
  END IF;
  IF due IS NOT NULL THEN
    WITH granted AS (
      INSERT INTO role_grants AS g (account_id, user_id, role_id, source, mapping_id, actor_kind, actor_id, actor_name, request_id)
      SELECT account, c.user_id, c.role_id, 'SCIM_MAPPING', c.mapping_id, actor_kind, actor_id, actor_name, request_id
      FROM unnest(due, due_roles, due_people) AS c (mapping_id, role_id, user_id)
      ON CONFLICT DO NOTHING RETURNING g.mapping_id, g.user_id)
    SELECT array_agg(g.mapping_id), array_agg(g.user_id) INTO due, due_people FROM granted g;
  END IF;
  people := over_people || due_people;
  IF people IS NOT NULL THEN
    UPDATE users u SET updated_at = u.updated_at WHERE u.account_id = account AND u.id = ANY (people);
    PERFORM pg_notify('rollcall_credentials', s.id::text) FROM sessions s
    WHERE s.account_id = account AND s.user_id = ANY (people);
    PERFORM pg_notify('rollcall_credentials', t.id::text) FROM tokens t
    WHERE t.account_id = account AND t.user_id = ANY (people) AND t.revoked_at IS NULL;
    RETURN QUERY
      SELECT CASE WHEN v.comes THEN 'ROLE_GRANTED' ELSE 'ROLE_REVOKED' END, 'USER', p.id, coalesce(p.display_name, p.user_name),
        'ROLE', r.id, r.name, jsonb_build_array(jsonb_build_object('field', 'mapping',
          'before', CASE WHEN NOT v.comes THEN w.mapping END, 'after', CASE WHEN v.comes THEN w.mapping END))
      FROM (SELECT false AS comes, o.* FROM unnest(over, over_people) AS o (mapping_id, user_id)
        UNION ALL SELECT true, d.* FROM unnest(due, due_people) AS d (mapping_id, user_id)) v
      JOIN users p ON p.account_id = account AND p.id = v.user_id
      JOIN role_mappings m ON m.account_id = account AND m.id = v.mapping_id
      JOIN roles r ON r.account_id = account AND r.id = m.role_id,
      LATERAL (SELECT jsonb_build_object('id', m.id, 'group', m.group_name, 'teamId', m.team_id, 'connectionId', m.connection_id)
        AS mapping OFFSET 0) w
      ORDER BY v.comes, p.id, r.name;
  END IF;
  -- Within the first, or it would be looked for also where nobody asks.
  IF admins <> '{}' THEN
    IF newest_active_admins(account, '{}', '{}') = '{}' THEN
      RAISE check_violation USING MESSAGE = 'somebody has to stay an admin', DETAIL = admins[1]::text,
        CONSTRAINT = 'role_grants__last_admin';
    END IF;
  END IF;
END $$;
