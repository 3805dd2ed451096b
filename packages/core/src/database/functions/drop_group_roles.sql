-- Roles that groups have made go with them, where nobody has said what they allow, nor gives them in another way. The others
-- stay, and their mappings wait for the name. The roles are held before they are looked at. The answer is the events that tell it.
CREATE OR REPLACE FUNCTION drop_group_roles(account uuid)
RETURNS TABLE (type text, subject_type text, subject_id uuid, subject_label text, related_type text, related_id uuid,
  related_label text, changes jsonb)
LANGUAGE plpgsql VOLATILE ROWS 1 AS $$
#variable_conflict use_column
DECLARE
  empty uuid[];
BEGIN
  SELECT coalesce(array_agg(h.id), '{}') INTO empty FROM (
    SELECT r.id FROM roles r JOIN connections c ON c.account_id = account AND c.id = r.group_connection_id AND c.groups_as_roles
    WHERE r.account_id = account AND r.permissions = '{}' AND NOT EXISTS (
      SELECT FROM role_mappings m WHERE m.account_id = account AND m.role_id = r.id AND m.team_id IS NOT NULL)
    ORDER BY r.id FOR UPDATE OF r) h;
  IF empty = '{}' THEN
    RETURN;
  END IF;
  RETURN QUERY
    WITH doomed AS MATERIALIZED (
      SELECT r.id, r.name FROM roles r WHERE r.account_id = account AND r.id = ANY (empty) AND r.permissions = '{}' AND NOT r.is_default
        AND NOT EXISTS (SELECT FROM role_mappings m WHERE m.account_id = account AND m.role_id = r.id AND m.team_id IS NOT NULL)
        AND NOT EXISTS (SELECT FROM role_grants g WHERE g.account_id = account AND g.role_id = r.id)
        AND NOT EXISTS (SELECT FROM assignable_roles a WHERE a.account_id = account AND a.role_id = r.id)
        AND NOT EXISTS (SELECT FROM sso_role_mappings s WHERE s.account_id = account AND s.role_id = r.id)),
    unmapped AS (
      DELETE FROM role_mappings m USING doomed d WHERE m.account_id = account AND m.role_id = d.id
      RETURNING m.id, m.group_name, d.id AS role_id, d.name),
    gone AS (DELETE FROM roles r USING doomed d WHERE r.account_id = account AND r.id = d.id)
    SELECT 'ROLE_MAPPING_DELETED', 'ROLE_MAPPING', u.id, u.group_name, 'ROLE', u.role_id, u.name, '[]'::jsonb FROM unmapped u
    UNION ALL SELECT 'ROLE_DELETED', 'ROLE', d.id, d.name, NULL, NULL, NULL, '[]'::jsonb FROM doomed d;
END $$;
