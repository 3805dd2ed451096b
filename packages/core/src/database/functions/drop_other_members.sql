-- This takes everybody out of a team whom a list does not name, and answers who that was, with the roles that they
-- had by it. VOLATILE makes it see those who joined while the calling statement waited for the team's row.
CREATE OR REPLACE FUNCTION drop_other_members(account uuid, team uuid, named uuid[])
RETURNS TABLE (id uuid, role_mapping_ids uuid[]) LANGUAGE sql VOLATILE AS $$
  DELETE FROM memberships m WHERE m.account_id = account AND m.team_id = team AND m.user_id <> ALL(named)
  RETURNING m.user_id, m.role_mapping_ids
$$;
