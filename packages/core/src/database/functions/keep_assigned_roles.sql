-- Roles follow from what identity providers say in `roles`: this brings the grants of these people, who are held, in line with
-- it, and answers the events that tell it, in order. Other processes hear whose access to look up again. Refused is what
-- would leave the account without an active admin; and that anybody loses a role where `may_take` is false.
CREATE OR REPLACE FUNCTION keep_assigned_roles(account uuid, people uuid[], may_take boolean, actor_kind text, actor_id uuid,
  actor_name text, request_id text)
RETURNS TABLE (type text, subject_type text, subject_id uuid, subject_label text, related_type text, related_id uuid,
  related_label text, changes jsonb)
LANGUAGE plpgsql VOLATILE ROWS 2 SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_variable
DECLARE
  admins uuid[];
  taken uuid;
BEGIN
  IF NOT may_take THEN
    SELECT g.user_id INTO taken FROM role_grants g
    WHERE g.account_id = account AND g.user_id = ANY (people) AND g.source = 'SCIM_ROLES'
      AND NOT EXISTS (SELECT FROM assigned_roles(account, people) d WHERE d.user_id = g.user_id AND d.role_id = g.role_id)
    LIMIT 1;
    IF taken IS NOT NULL THEN
      RAISE check_violation USING MESSAGE = 'roles follow from it', DETAIL = taken::text, CONSTRAINT = 'role_grants__said';
    END IF;
  END IF;
  IF EXISTS (SELECT FROM role_grants g JOIN roles r ON r.account_id = g.account_id AND r.id = g.role_id
    WHERE g.account_id = account AND g.user_id = ANY (people) AND g.source = 'SCIM_ROLES' AND r.key = 'admin') THEN
    admins := newest_active_admins(account, '{}', '{}');
  END IF;
  RETURN QUERY
    WITH due AS MATERIALIZED (SELECT d.* FROM assigned_roles(account, people) d),
    revoked AS (
      DELETE FROM role_grants g
      WHERE g.account_id = account AND g.user_id = ANY (people) AND g.source = 'SCIM_ROLES'
        AND NOT EXISTS (SELECT FROM due d WHERE d.user_id = g.user_id AND d.role_id = g.role_id)
      RETURNING g.user_id, g.role_id, g.said_by, g.said),
    -- It is said otherwise, or by another identity provider: a role that they go on having.
    kept AS (
      UPDATE role_grants g SET said_by = d.said_by, said = d.said FROM due d
      WHERE g.account_id = account AND g.user_id = d.user_id AND g.role_id = d.role_id AND g.source = 'SCIM_ROLES'
        AND (g.said_by, g.said) IS DISTINCT FROM (d.said_by, d.said)),
    granted AS (
      INSERT INTO role_grants AS g (account_id, user_id, role_id, source, said_by, said, actor_kind, actor_id, actor_name, request_id)
      SELECT account, d.user_id, d.role_id, 'SCIM_ROLES', d.said_by, d.said, actor_kind, actor_id, actor_name, request_id
      FROM due d ON CONFLICT DO NOTHING RETURNING g.user_id, g.role_id, g.said_by, g.said),
    moved AS MATERIALIZED (
      SELECT false AS comes, v.* FROM revoked v UNION ALL SELECT true, n.* FROM granted n),
    stamped AS (
      UPDATE users u SET updated_at = u.updated_at WHERE u.account_id = account AND u.id IN (SELECT v.user_id FROM moved v)),
    told AS MATERIALIZED (
      SELECT pg_notify('rollcall_credentials', c.id::text) FROM (
        SELECT s.id FROM sessions s WHERE s.account_id = account AND s.user_id IN (SELECT v.user_id FROM moved v)
        UNION ALL SELECT t.id FROM tokens t
        WHERE t.account_id = account AND t.user_id IN (SELECT v.user_id FROM moved v) AND t.revoked_at IS NULL) AS c)
    SELECT CASE WHEN v.comes THEN 'ROLE_GRANTED' ELSE 'ROLE_REVOKED' END, 'USER', p.id, coalesce(p.display_name, p.user_name),
      'ROLE', r.id, r.name, jsonb_build_array(jsonb_build_object('field', 'said',
        'before', CASE WHEN NOT v.comes THEN w.said END, 'after', CASE WHEN v.comes THEN w.said END))
    FROM moved v JOIN users p ON p.account_id = account AND p.id = v.user_id
    JOIN roles r ON r.account_id = account AND r.id = v.role_id,
    LATERAL (SELECT v.said || jsonb_build_object('connectionId', v.said_by) AS said OFFSET 0) w
    WHERE (SELECT count(*) FROM told) >= 0
    ORDER BY v.comes, p.id, r.name;
  IF admins <> '{}' THEN
    IF newest_active_admins(account, '{}', '{}') = '{}' THEN
      RAISE check_violation USING MESSAGE = 'somebody has to stay an admin', DETAIL = admins[1]::text,
        CONSTRAINT = 'role_grants__last_admin';
    END IF;
  END IF;
END $$;
