-- Twin of drop_other_members for teams that are members of a team.
CREATE OR REPLACE FUNCTION drop_other_teams(account uuid, team uuid, named uuid[]) RETURNS SETOF uuid
LANGUAGE sql VOLATILE AS $$
  DELETE FROM nested_teams n WHERE n.account_id = account AND n.team_id = team AND n.nested_id <> ALL(named) RETURNING n.nested_id
$$;
