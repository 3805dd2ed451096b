-- A manager whom the transaction holds gets their first report, and by that a team. The answer is the event that tells it.
-- With other reports, who are no members, more may follow: they may lead teams that move below the new one.
CREATE OR REPLACE FUNCTION org_found_sub_team(account uuid, manager org_people, report uuid)
RETURNS TABLE (type text, team_id uuid, team_name text, user_label text, changes jsonb)
LANGUAGE plpgsql VOLATILE ROWS 1 AS $$
#variable_conflict use_column
DECLARE
  new_team uuid := new_id();
  new_name text;
  parent uuid;
BEGIN
  PERFORM FROM org_people r
  WHERE r.account_id = account AND r.manager_id = manager.user_id AND r.user_id <> report LIMIT 1;
  IF FOUND OR manager.on_cycle THEN PERFORM org_takes_more('a manager of others gets their first report'); END IF;
  new_name := org_sub_team_name(account, manager, NULL);
  SELECT coalesce(above.team_id, d.team_id) INTO parent FROM org_teams d
  LEFT JOIN LATERAL (SELECT o.team_id FROM org_people b, org_teams o
    WHERE b.account_id = account AND b.user_id = manager.manager_id AND b.department = manager.department
      AND o.account_id = account AND o.manager_id = b.user_id AND keeps_order(o.xmin)) above ON true
  WHERE d.account_id = account AND d.department = manager.department AND d.manager_id IS NULL;
  INSERT INTO teams (account_id, id, display_name, parent_id, lead_id, origin)
  VALUES (account, new_team, new_name, parent, manager.user_id, 'ORG_STRUCTURE') ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN PERFORM org_takes_more('another team has the name'); END IF;
  INSERT INTO org_teams (account_id, team_id, manager_id, department, name, claim, is_adopted)
  VALUES (account, new_team, manager.user_id, manager.department, new_name, fold(new_name), false);
  RETURN QUERY SELECT 'TEAM_CREATED', new_team, new_name, NULL::text, jsonb_build_array(
    jsonb_build_object('field', 'displayName', 'before', NULL, 'after', new_name),
    jsonb_build_object('field', 'origin', 'before', NULL, 'after', 'ORG_STRUCTURE'),
    jsonb_build_object('field', 'parentId', 'before', NULL, 'after', parent),
    jsonb_build_object('field', 'leadId', 'before', NULL, 'after', manager.user_id));
END $$;
