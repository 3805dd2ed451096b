-- The name of the team of a manager's reports, as `subTeamName` in src/org-structure/derive/department-name.ts makes it, where
-- nobody else claims it nor the name that the team has so far. Spaces that are to be collapsed, and clashes, take more.
CREATE OR REPLACE FUNCTION org_sub_team_name(account uuid, manager org_people, team org_teams) RETURNS text
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  plain_name text := (SELECT d.name || ' - ' || manager.label FROM org_teams d
    WHERE d.account_id = account AND d.department = manager.department AND d.manager_id IS NULL);
  own_claim text COLLATE "C" := fold(plain_name);
BEGIN
  IF plain_name IS NULL OR char_length(manager.label) > 200
    OR manager.label ~ '[\u0009-\u000d\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]|^ |  | $' THEN
    PERFORM org_takes_more('the name of a team is not plain');
  END IF;
  PERFORM FROM org_teams o WHERE o.account_id = account AND o.claim = ANY (ARRAY[own_claim, team.claim])
    AND o.team_id IS DISTINCT FROM team.team_id;
  IF FOUND THEN PERFORM org_takes_more('several claim the name of a team'); END IF;
  RETURN plain_name;
END $$;
