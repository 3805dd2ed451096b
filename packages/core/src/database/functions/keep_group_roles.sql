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
  admins uuid[];
BEGIN
  IF EXISTS (SELECT FROM role_mappings m JOIN roles r ON r.account_id = m.account_id AND r.id = m.role_id
    WHERE m.account_id = account AND m.team_id = ANY (groups) AND r.key = 'admin') THEN
    admins := newest_active_admins(account, '{}', '{}');
  END IF;
  RETURN QUERY
    WITH concerned AS MATERIALIZED (
      SELECT m.id, m.role_id, p.user_id, NOT m.ends AND s.user_id IS NOT NULL AS is_due
      FROM (SELECT DISTINCT u.team_id, u.user_id FROM unnest(groups, people) AS u (team_id, user_id)) p
      JOIN role_mappings m ON m.account_id = account AND m.team_id = p.team_id
      LEFT JOIN memberships s ON s.account_id = account AND s.team_id = p.team_id AND s.user_id = p.user_id),
    revoked AS (
      DELETE FROM role_grants g USING concerned c
      WHERE NOT c.is_due AND g.account_id = account AND g.mapping_id = c.id AND g.user_id = c.user_id
      RETURNING g.mapping_id, g.user_id),
    granted AS (
      INSERT INTO role_grants AS g (account_id, user_id, role_id, source, mapping_id, actor_kind, actor_id, actor_name, request_id)
      SELECT account, c.user_id, c.role_id, 'SCIM_MAPPING', c.id, actor_kind, actor_id, actor_name, request_id
      FROM concerned c WHERE c.is_due ON CONFLICT DO NOTHING RETURNING g.mapping_id, g.user_id),
    moved AS MATERIALIZED (
      SELECT false AS comes, v.* FROM revoked v UNION ALL SELECT true, g.* FROM granted g),
    stamped AS (
      UPDATE users u SET updated_at = u.updated_at WHERE u.account_id = account AND u.id IN (SELECT v.user_id FROM moved v)),
    told AS MATERIALIZED (
      SELECT pg_notify('rollcall_credentials', c.id::text) FROM (
        SELECT s.id FROM sessions s WHERE s.account_id = account AND s.user_id IN (SELECT v.user_id FROM moved v)
        UNION ALL SELECT t.id FROM tokens t
        WHERE t.account_id = account AND t.user_id IN (SELECT v.user_id FROM moved v) AND t.revoked_at IS NULL) AS c)
    SELECT CASE WHEN v.comes THEN 'ROLE_GRANTED' ELSE 'ROLE_REVOKED' END, 'USER', p.id, coalesce(p.display_name, p.user_name), 'ROLE', r.id, r.name,
      jsonb_build_array(jsonb_build_object('field', 'mapping',
        'before', CASE WHEN NOT v.comes THEN w.mapping END, 'after', CASE WHEN v.comes THEN w.mapping END))
    FROM moved v JOIN users p ON p.account_id = account AND p.id = v.user_id
    JOIN role_mappings m ON m.account_id = account AND m.id = v.mapping_id
    JOIN roles r ON r.account_id = account AND r.id = m.role_id,
    LATERAL (SELECT jsonb_build_object('id', m.id, 'group', m.group_name, 'teamId', m.team_id, 'connectionId', m.connection_id)
      AS mapping OFFSET 0) w
    WHERE (SELECT count(*) FROM told) >= 0
    ORDER BY v.comes, p.id, r.name;
  -- Within the first, or it would be looked for also where nobody asks.
  IF admins <> '{}' THEN
    IF newest_active_admins(account, '{}', '{}') = '{}' THEN
      RAISE check_violation USING MESSAGE = 'somebody has to stay an admin', DETAIL = admins[1]::text,
        CONSTRAINT = 'role_grants__last_admin';
    END IF;
  END IF;
END $$;
