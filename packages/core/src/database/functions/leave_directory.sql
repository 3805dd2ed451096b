-- These people, whom `hold_leaving` holds, leave the directory. Their memberships, roles, external ids, links to
-- identity providers and second factors go; what they led has no lead; who reported to them waits for their return. The
-- answer is the events that tell it, in order. It is a statement of its own, to see what was committed until the people
-- were held.
CREATE OR REPLACE FUNCTION leave_directory(account uuid, leaving uuid[])
RETURNS TABLE (type text, subject_type text, subject_id uuid, subject_label text, related_type text, related_id uuid,
  related_label text, changes jsonb)
LANGUAGE plpgsql VOLATILE ROWS 4 SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  IF cardinality(leaving) = 0 THEN
    RETURN;
  END IF;
  PERFORM told_in_order(account, leaving);
  RETURN QUERY
    WITH before AS MATERIALIZED (
      SELECT u.id, u.status, coalesce(u.display_name, u.user_name) AS label FROM users u
      WHERE u.account_id = account AND u.id = ANY (leaving)),
    gone AS (
      UPDATE users u SET status = 'DEPROVISIONED', password_digest = NULL, version = u.version + 1, updated_at = now()
      WHERE u.account_id = account AND u.id = ANY (leaving)),
    -- A team's row is held before its memberships, as by whoever changes its members, so that neither waits for ever. Of
    -- a team that follows from people, those who come and go beside each other can be told in any order.
    their_teams AS MATERIALIZED (
      SELECT t.id, t.display_name, t.lead_id FROM teams t
      WHERE t.account_id = account AND t.id = ANY (ARRAY(
          SELECT m.team_id FROM memberships m WHERE m.account_id = account AND m.user_id = ANY (leaving)
          UNION SELECT l.id FROM teams l WHERE l.account_id = account AND l.lead_id = ANY (leaving)))
        AND (t.origin = 'ORG_STRUCTURE' OR keeps_order(t.xmin))
      ORDER BY t.id FOR NO KEY UPDATE OF t),
    left_teams AS (
      DELETE FROM memberships m USING their_teams t
      WHERE m.account_id = account AND m.user_id = ANY (leaving) AND t.id = m.team_id
      RETURNING m.user_id, t.id AS team_id, t.display_name, m.role_mapping_ids),
    -- The team of a manager's reports is led by that manager for as long as there are any.
    led_teams AS MATERIALIZED (
      SELECT t.* FROM their_teams t WHERE t.lead_id = ANY (leaving) AND NOT EXISTS (
        SELECT FROM org_teams o WHERE o.account_id = account AND o.team_id = t.id AND o.manager_id = t.lead_id)),
    touched AS (
      UPDATE teams t SET version = t.version + 1, updated_at = now(),
        lead_id = CASE WHEN t.id NOT IN (SELECT l.id FROM led_teams l) THEN t.lead_id END
      WHERE t.account_id = account AND t.id IN (SELECT l.team_id FROM left_teams l UNION ALL SELECT l.id FROM led_teams l)),
    unlinked AS (DELETE FROM user_external_ids x WHERE x.account_id = account AND x.user_id = ANY (leaving)),
    forgotten AS (DELETE FROM identity_links i WHERE i.account_id = account AND i.user_id = ANY (leaving)),
    forgotten_totp AS (DELETE FROM totp_secrets f WHERE f.account_id = account AND f.user_id = ANY (leaving)),
    forgotten_codes AS (DELETE FROM recovery_codes f WHERE f.account_id = account AND f.user_id = ANY (leaving)),
    forgotten_passkeys AS (DELETE FROM passkeys f WHERE f.account_id = account AND f.user_id = ANY (leaving)),
    taken AS (
      DELETE FROM role_grants g WHERE g.account_id = account AND g.user_id = ANY (leaving) RETURNING g.user_id, g.role_id),
    revoked AS (
      SELECT t.user_id, t.role_id FROM taken t UNION SELECT l.user_id, m.role_id FROM left_teams l
      JOIN role_mappings m ON m.account_id = account AND m.id = ANY (l.role_mapping_ids)),
    reports AS MATERIALIZED (
      SELECT r.id, r.manager_id, r.manager_value FROM users r
      WHERE r.account_id = account AND r.manager_id = ANY (leaving) AND r.id <> ALL (leaving) AND r.status <> 'DEPROVISIONED'
        AND keeps_order(r.xmin)),
    waiting AS (
      UPDATE users r SET manager_id = NULL, manager_value = r.manager_id::text, version = r.version + 1, updated_at = now()
      FROM reports p WHERE r.account_id = account AND r.id = p.id
      RETURNING r.id, coalesce(r.display_name, r.user_name) AS label, p.manager_id, p.manager_value AS named)
    SELECT 'TEAM_MEMBER_REMOVED', 'TEAM', l.team_id, l.display_name, 'USER', b.id, b.label, '[]'::jsonb
      FROM left_teams l JOIN before b ON b.id = l.user_id
    UNION ALL SELECT 'TEAM_UPDATED', 'TEAM', l.id, l.display_name, 'USER', b.id, b.label,
      jsonb_build_array(jsonb_build_object('field', 'leadId', 'before', b.id, 'after', NULL))
      FROM led_teams l JOIN before b ON b.id = l.lead_id
    UNION ALL SELECT 'ROLE_REVOKED', 'USER', b.id, b.label, 'ROLE', r.id, r.name, '[]'::jsonb
      FROM revoked v JOIN before b ON b.id = v.user_id JOIN roles r ON r.account_id = account AND r.id = v.role_id
    UNION ALL SELECT 'USER_UPDATED', 'USER', w.id, w.label, NULL::text, NULL::uuid, NULL::text,
      jsonb_build_array(jsonb_build_object('field', 'manager',
        'before', jsonb_build_object('id', b.id, 'value', w.named, 'displayName', b.label),
        'after', jsonb_build_object('id', NULL, 'value', b.id, 'displayName', NULL)))
      FROM waiting w JOIN before b ON b.id = w.manager_id
    UNION ALL SELECT 'USER_DEPROVISIONED', 'USER', b.id, b.label, NULL, NULL, NULL,
      jsonb_build_array(jsonb_build_object('field', 'status', 'before', b.status, 'after', 'DEPROVISIONED')) FROM before b;
END $$;
