-- Where a connection is set to have its groups as roles, each of these groups has a role of its name, which allows nothing
-- until somebody says what, and is mapped to it. A role that a group has made is called as the group is, unless an identity
-- provider may assign it by its name. A name that another role has is left to that one: nobody becomes more by what a group is
-- called. The answer is the events that tell it, in order.
CREATE OR REPLACE FUNCTION make_group_roles(account uuid, groups uuid[], actor_kind text, actor_id uuid, actor_name text,
  request_id text)
RETURNS TABLE (type text, subject_type text, subject_id uuid, subject_label text, related_type text, related_id uuid,
  related_label text, changes jsonb)
LANGUAGE plpgsql VOLATILE ROWS 2 SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_variable
BEGIN
  BEGIN
    RETURN QUERY
      WITH renamed AS (
        UPDATE roles r SET name = t.display_name
        FROM teams t JOIN connections c ON c.account_id = account AND c.id = t.connection_id AND c.groups_as_roles
        JOIN role_mappings m ON m.account_id = account AND m.team_id = t.id
        JOIN roles b ON b.account_id = account AND b.id = m.role_id AND b.group_connection_id = t.connection_id
        WHERE t.account_id = account AND t.id = ANY (groups) AND r.account_id = account AND r.id = b.id
          AND b.name <> t.display_name
          AND NOT EXISTS (SELECT FROM assignable_roles a WHERE a.account_id = account AND a.role_id = b.id)
          AND NOT EXISTS (SELECT FROM roles o WHERE o.account_id = account AND o.id <> b.id AND fold(o.name) = fold(t.display_name))
        RETURNING r.id, r.name, b.name AS before)
      SELECT 'ROLE_UPDATED', 'ROLE', r.id, r.name, NULL::text, NULL::uuid, NULL::text,
        jsonb_build_array(jsonb_build_object('field', 'name', 'before', r.before, 'after', r.name)) FROM renamed r;
  EXCEPTION WHEN unique_violation THEN
    -- Somebody gave the name to another role in the same moment.
    NULL;
  END;
  RETURN QUERY
    WITH wanted AS MATERIALIZED (
      SELECT t.id AS team_id, t.connection_id, t.display_name, new_id() AS role_id, new_id() AS mapping_id
      FROM teams t JOIN connections c ON c.account_id = account AND c.id = t.connection_id AND c.groups_as_roles
      WHERE t.account_id = account AND t.id = ANY (groups) AND NOT EXISTS (
        SELECT FROM role_mappings m JOIN roles r ON r.account_id = account AND r.id = m.role_id
        WHERE m.account_id = account AND m.team_id = t.id AND r.group_connection_id = t.connection_id)
      ORDER BY fold(t.display_name)),
    made AS (
      INSERT INTO roles AS r (account_id, id, name, permissions, group_connection_id)
      SELECT account, w.role_id, w.display_name, '{}', w.connection_id FROM wanted w
      ON CONFLICT DO NOTHING RETURNING r.id, r.name),
    mapped AS (
      INSERT INTO role_mappings AS m (account_id, id, connection_id, group_name, team_id, role_id,
        actor_kind, actor_id, actor_name, request_id)
      SELECT account, w.mapping_id, w.connection_id, w.display_name, w.team_id, w.role_id, actor_kind, actor_id, actor_name, request_id
      FROM wanted w JOIN made d ON d.id = w.role_id RETURNING m.id, m.group_name, m.role_id)
    SELECT 'ROLE_CREATED', 'ROLE', d.id, d.name, NULL::text, NULL::uuid, NULL::text, jsonb_build_array(
      jsonb_build_object('field', 'name', 'before', NULL, 'after', d.name),
      jsonb_build_object('field', 'permissions', 'before', NULL, 'after', '[]'::jsonb)) FROM made d
    UNION ALL SELECT 'ROLE_MAPPING_CREATED', 'ROLE_MAPPING', m.id, m.group_name, 'ROLE', d.id, d.name, '[]'::jsonb
    FROM mapped m JOIN made d ON d.id = m.role_id;
END $$;
