-- How the event of a group that somebody joins or leaves tells the roles that they are given or lose by it: those
-- of these mappings, of what `hold_group_members` has answered; an empty list where there are none.
CREATE OR REPLACE FUNCTION group_roles_told(begun jsonb, mappings uuid[], joins boolean) RETURNS jsonb LANGUAGE sql IMMUTABLE
  RETURN (SELECT CASE WHEN count(*) = 0 THEN '[]'::jsonb ELSE jsonb_build_array(jsonb_build_object('field', 'memberRoles',
      'before', CASE WHEN NOT joins THEN jsonb_agg(m.role) END, 'after', CASE WHEN joins THEN jsonb_agg(m.role) END)) END
    FROM jsonb_to_recordset(begun -> 'mappings') AS m (id uuid, role jsonb) WHERE m.id = ANY (mappings));
