-- What follows from the names of groups that were pushed or renamed, whose members `hold_group_members` holds.
-- Mappings that waited for such a name have their group from now on, and each has the name of its group; of two
-- that come to the same by that, the one that waited goes, and the other counts again where it was about to end.
-- Where groups are roles, each has one of its name. The answer is the events that tell it, in order.
CREATE OR REPLACE FUNCTION follow_group_names(account uuid, named uuid[], actor_kind text, actor_id uuid, actor_name text,
  request_id text)
RETURNS TABLE (type text, subject_type text, subject_id uuid, subject_label text, related_type text, related_id uuid,
  related_label text, changes jsonb)
LANGUAGE plpgsql VOLATILE ROWS 2 SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_variable
DECLARE
  linked uuid[] := '{}';
  revived uuid[] := '{}';
BEGIN
  WITH again AS (
    UPDATE role_mappings k SET ends = false, created_at = w.created_at, actor_kind = w.actor_kind, actor_id = w.actor_id,
      actor_name = w.actor_name, request_id = w.request_id
    FROM teams t JOIN role_mappings w ON w.account_id = account AND w.team_id IS NULL
      AND w.connection_id = t.connection_id AND fold(w.group_name) = fold(t.display_name) AND NOT w.ends
    WHERE t.account_id = account AND t.id = ANY (named) AND k.account_id = account AND k.team_id = t.id
      AND k.role_id = w.role_id AND k.ends RETURNING k.id)
  SELECT coalesce(array_agg(a.id), '{}') INTO revived FROM again a;
  RETURN QUERY
    WITH doubled AS (
      DELETE FROM role_mappings w USING teams t
      WHERE t.account_id = account AND t.id = ANY (named) AND w.account_id = account AND w.team_id IS NULL
        AND w.connection_id = t.connection_id AND fold(w.group_name) = fold(t.display_name)
        AND EXISTS (SELECT FROM role_mappings k WHERE k.account_id = account AND k.team_id = t.id AND k.role_id = w.role_id)
      RETURNING w.id, w.group_name, w.role_id)
    SELECT 'ROLE_MAPPING_DELETED', 'ROLE_MAPPING', d.id, d.group_name, 'ROLE', r.id, r.name, '[]'::jsonb
    FROM doubled d JOIN roles r ON r.account_id = account AND r.id = d.role_id
    UNION ALL SELECT 'ROLE_MAPPING_CREATED', 'ROLE_MAPPING', k.id, t.display_name, 'ROLE', r.id, r.name, '[]'::jsonb
    FROM role_mappings k JOIN teams t ON t.account_id = account AND t.id = k.team_id
    JOIN roles r ON r.account_id = account AND r.id = k.role_id WHERE k.account_id = account AND k.id = ANY (revived);
  UPDATE role_mappings m SET group_name = t.display_name FROM teams t
  WHERE t.account_id = account AND t.id = ANY (named) AND m.account_id = account AND m.team_id = t.id;
  WITH found AS (
    UPDATE role_mappings m SET team_id = t.id, group_name = t.display_name FROM teams t
    WHERE t.account_id = account AND t.id = ANY (named) AND m.account_id = account AND m.team_id IS NULL
      AND m.connection_id = t.connection_id AND fold(m.group_name) = fold(t.display_name) RETURNING t.id)
  SELECT coalesce(array_agg(DISTINCT f.id), '{}') INTO linked FROM (
    SELECT f.id FROM found f
    UNION ALL SELECT k.team_id FROM role_mappings k WHERE k.account_id = account AND k.id = ANY (revived)) f;
  IF EXISTS (SELECT FROM teams t JOIN connections c ON c.account_id = account AND c.id = t.connection_id
    WHERE t.account_id = account AND t.id = ANY (named) AND c.groups_as_roles) THEN
    RETURN QUERY SELECT r.* FROM make_group_roles(account, named, actor_kind, actor_id, actor_name, request_id) r;
    linked := linked || named;
  END IF;
  RETURN QUERY SELECT k.* FROM (
    SELECT array_agg(s.team_id) AS groups, array_agg(s.user_id) AS people FROM memberships s
    WHERE s.account_id = account AND s.team_id = ANY (linked)) m, LATERAL keep_group_roles(account, m.groups, m.people) k;
END $$;
