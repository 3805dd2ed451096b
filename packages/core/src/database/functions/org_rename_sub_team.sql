-- The team of a manager's reports is called by the manager's new name. The answer is the event that tells it, if any. Those
-- who join and leave a team beside each other are told in any order, but all of them before or after another name.
CREATE OR REPLACE FUNCTION org_rename_sub_team(account uuid, manager org_people, team org_teams)
RETURNS TABLE (type text, team_id uuid, team_name text, user_label text, changes jsonb)
LANGUAGE plpgsql VOLATILE ROWS 1 AS $$
#variable_conflict use_column
DECLARE
  new_name text := org_sub_team_name(account, manager, team);
  old_name text;
BEGIN
  SELECT t.display_name INTO old_name FROM teams t
  WHERE t.account_id = account AND t.id = team.team_id FOR NO KEY UPDATE;
  PERFORM FROM events e WHERE e.account_id = account AND e.subject_id = team.team_id
    AND (e.epoch, e.xid) > ((SELECT max(h.epoch) FROM histories h), pg_current_xact_id()) LIMIT 1;
  IF FOUND THEN
    RAISE serialization_failure USING MESSAGE = 'a later transaction has told of the team first';
  END IF;
  IF old_name <> team.name THEN PERFORM org_takes_more('a team is told apart'); END IF;
  IF old_name = new_name THEN
    RETURN;
  END IF;
  UPDATE teams t SET display_name = new_name, version = t.version + 1, updated_at = now()
  WHERE t.account_id = account AND t.id = team.team_id;
  UPDATE org_teams o SET name = new_name, claim = fold(new_name) WHERE o.account_id = account AND o.team_id = team.team_id;
  RETURN QUERY SELECT 'TEAM_UPDATED', team.team_id, new_name, NULL::text,
    jsonb_build_array(jsonb_build_object('field', 'displayName', 'before', old_name, 'after', new_name));
EXCEPTION WHEN unique_violation THEN
  PERFORM org_takes_more('another team has the name');
END $$;
