-- The teams of a person as JSON. VOLATILE makes this see those, too, that they came into by the calling statement.
CREATE OR REPLACE FUNCTION newest_teams(account uuid, person uuid) RETURNS json LANGUAGE sql VOLATILE
  RETURN (SELECT coalesce(json_agg(to_json(t) ORDER BY t.id), '[]') FROM memberships m
    JOIN teams t ON t.account_id = m.account_id AND t.id = m.team_id WHERE m.account_id = account AND m.user_id = person);
