-- Roles follow from membership: of these pairs of a group and a person, who is held, this brings those who are
-- members in line with the mappings of the group, and answers the events that tell it, in order. Whoever joins or
-- leaves is in line by the statement that moves them; this is for mappings that have changed. Other processes hear
-- whose access to look up again. Refused is what would leave the account without an active admin.
CREATE OR REPLACE FUNCTION keep_group_roles(account uuid, groups uuid[], people uuid[])
RETURNS TABLE (type text, subject_type text, subject_id uuid, subject_label text, related_type text, related_id uuid,
  related_label text, changes jsonb)
LANGUAGE plpgsql VOLATILE ROWS 2 SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_variable
DECLARE
  admins uuid[];
  -- By mapping and person: what they have by it from now on, and what not any more.
  mappings uuid[];
  movers uuid[];
  come boolean[];
BEGIN
  SELECT array_agg(m.id), array_agg(s.user_id), array_agg(NOT m.ends),
    CASE WHEN bool_or(r.key = 'admin') THEN newest_active_admins(account, '{}', '{}') END
  INTO mappings, movers, come, admins
  FROM unnest(groups, people) AS p (team_id, user_id)
  JOIN role_mappings m ON m.account_id = account AND m.team_id = p.team_id
  JOIN roles r ON r.account_id = account AND r.id = m.role_id
  JOIN memberships s ON s.account_id = account AND s.team_id = p.team_id AND s.user_id = p.user_id
  WHERE (m.id = ANY (coalesce(s.role_mapping_ids, '{}'))) = m.ends;
  IF mappings IS NULL THEN
    RETURN;
  END IF;
  UPDATE memberships s SET role_mapping_ids = k.ids FROM (
    SELECT p.team_id, p.user_id, array_agg(m.id ORDER BY m.id) FILTER (WHERE NOT m.ends) AS ids
    FROM unnest(groups, people) AS p (team_id, user_id) JOIN role_mappings m ON m.account_id = account AND m.team_id = p.team_id
    WHERE p.user_id = ANY (movers) GROUP BY p.team_id, p.user_id) k
  WHERE s.account_id = account AND s.team_id = k.team_id AND s.user_id = k.user_id AND s.role_mapping_ids IS DISTINCT FROM k.ids;
  IF admins IS NULL THEN
    UPDATE users u SET updated_at = u.updated_at WHERE u.account_id = account AND u.id = ANY (movers);
  END IF;
  PERFORM tell_members_moved(account, movers, to_jsonb(admins));
  RETURN QUERY
    SELECT CASE WHEN v.comes THEN 'ROLE_GRANTED' ELSE 'ROLE_REVOKED' END, 'USER', p.id, coalesce(p.display_name, p.user_name),
      'ROLE', r.id, r.name, jsonb_build_array(jsonb_build_object('field', 'mapping',
        'before', CASE WHEN NOT v.comes THEN w.mapping END, 'after', CASE WHEN v.comes THEN w.mapping END))
    FROM unnest(mappings, movers, come) AS v (mapping_id, user_id, comes)
    JOIN users p ON p.account_id = account AND p.id = v.user_id
    JOIN role_mappings m ON m.account_id = account AND m.id = v.mapping_id
    JOIN roles r ON r.account_id = account AND r.id = m.role_id,
    LATERAL (SELECT jsonb_build_object('id', m.id, 'group', m.group_name, 'teamId', m.team_id, 'connectionId', m.connection_id)
      AS mapping OFFSET 0) w
    ORDER BY v.comes, p.id, r.name;
END $$;
