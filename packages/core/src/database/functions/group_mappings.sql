-- The mappings by which whoever joins a group has roles from now on, of what `hold_group_members` has answered:
-- NULL when there are none.
CREATE OR REPLACE FUNCTION group_mappings(begun jsonb, team uuid) RETURNS uuid[] LANGUAGE sql IMMUTABLE
  RETURN (SELECT array_agg(m.id ORDER BY m.id) FROM jsonb_to_recordset(begun -> 'mappings') AS m (team_id uuid, id uuid, ends boolean)
    WHERE m.team_id = team AND NOT m.ends);
