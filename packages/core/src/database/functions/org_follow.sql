-- What follows from a change of a person whom the transaction holds: which teams they leave and join, as events. Of what
-- changes the shape of the structure, a manager's plain new name and first report are followed up where nobody else is
-- concerned; all else is refused (docs/decisions/0020-followers.md). What is decided on is held before it is
-- read, people by id and then teams by id: whoever names a manager holds that one, whoever moves holds themselves,
-- and the counts of a department belong to whoever holds its team. `structure` is what org_begin answered.
CREATE OR REPLACE FUNCTION org_follow(account uuid, person uuid, structure text[])
RETURNS TABLE (type text, team_id uuid, team_name text, user_label text, changes jsonb)
LANGUAGE plpgsql VOLATILE ROWS 2 SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  facts record;
  known org_people;
  manager org_people;
  joined_link text COLLATE "C";
  left_unit org_teams;
  joined_unit org_teams;
  led_unit org_teams;
  left_team uuid;
  joined_team uuid;
  new_team uuid;
  relinks boolean;
BEGIN
  SELECT a.id IS NOT NULL AS is_here, a.is_member, a.department, a.spelling, a.label, a.user_name, a.manager_id,
    p.user_id IS NOT NULL AS was_here, p.spelling AS old_spelling, p.manager_id AS old_manager_id,
    (p.is_member, p.department, p.spelling, p.label, p.user_name, p.manager_id) IS NOT DISTINCT FROM
      (a.is_member, a.department, a.spelling, a.label, a.user_name, a.manager_id) AS is_same,
    p.on_cycle OR a.manager_id = person OR p.user_id IS NULL
      AND EXISTS (SELECT FROM users r WHERE r.account_id = account AND r.manager_id = person) AS is_above_somebody,
    p.user_id IS NOT NULL AND (a.id IS NULL OR a.department IS DISTINCT FROM p.department
      OR a.manager_id IS DISTINCT FROM p.manager_id) AS is_placed_anew,
    a.manager_id IS NOT NULL AND a.manager_id IS DISTINCT FROM p.manager_id AS meets_manager,
    structure[1] = 'MANAGER' AND (a.label <> p.label OR a.user_name <> p.user_name OR a.spelling <> p.spelling) AS is_renamed,
    (p.is_member, p.department, p.spelling, p.user_name, p.manager_id) IS NOT DISTINCT FROM
      (a.is_member, a.department, a.spelling, a.user_name, a.manager_id) AS is_relabelled,
    d.before AS left_department, d.after AS joined_department, d.before IS DISTINCT FROM d.after AS moves,
    d.before IS DISTINCT FROM d.after OR d.after IS NOT NULL AND p.spelling <> a.spelling AS respells,
    l.before AS left_lead, l.after AS joined_lead, l.before IS DISTINCT FROM l.after AS changes_lead,
    CASE WHEN d.before IS NOT NULL THEN
      CASE WHEN p.manager_id IS NULL THEN '' ELSE nullif(b.department, d.before) END END AS left_link,
    CASE WHEN d.after IS NOT NULL THEN
      CASE WHEN a.manager_id IS NULL THEN '' ELSE nullif(b.department, d.after) END END AS joined_link
  INTO facts
  FROM (SELECT) one
  LEFT JOIN LATERAL (
    SELECT u.id, u.status = 'ACTIVE' AS is_member, s.spelling, fold(s.spelling) COLLATE "C" AS department,
      coalesce(u.display_name, u.user_name) AS label, u.user_name, u.manager_id
    FROM users u, LATERAL (SELECT org_attribute(u, structure[2]) AS value OFFSET 0) v,
      LATERAL (SELECT org_spelling(v.value) COLLATE "C" AS spelling OFFSET 0) s
    WHERE u.account_id = account AND u.id = person AND u.status <> 'DEPROVISIONED') a ON true
  LEFT JOIN org_people p ON p.account_id = account AND p.user_id = person
  LEFT JOIN org_people b ON b.account_id = account AND b.user_id = p.manager_id,
  LATERAL (SELECT CASE WHEN p.is_member THEN p.department END AS before, CASE WHEN a.is_member THEN a.department END AS after) d,
  LATERAL (SELECT CASE WHEN p.is_member AND structure[1] = 'MANAGER' THEN p.manager_id END AS before,
    CASE WHEN a.is_member AND structure[1] = 'MANAGER' THEN a.manager_id END AS after) l;
  IF facts.is_same THEN
    RETURN;
  END IF;
  IF facts.is_above_somebody THEN
    PERFORM org_takes_more('managers arrive, or run in a cycle');
  END IF;
  IF facts.is_placed_anew THEN
    PERFORM FROM org_people p WHERE p.account_id = account AND p.user_id IN (person, facts.manager_id)
      ORDER BY p.user_id FOR NO KEY UPDATE;
    PERFORM FROM org_people r WHERE r.account_id = account AND r.manager_id = person LIMIT 1;
    IF FOUND THEN PERFORM org_takes_more('a manager leaves or moves'); END IF;
  END IF;
  joined_link := facts.joined_link;
  IF facts.meets_manager THEN
    SELECT p.* INTO manager FROM org_people p
    WHERE p.account_id = account AND p.user_id = facts.manager_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN PERFORM org_takes_more('a manager is not known yet'); END IF;
    joined_link := CASE WHEN facts.joined_department IS NOT NULL THEN nullif(manager.department, facts.joined_department) END;
  END IF;

  IF NOT facts.was_here THEN
    INSERT INTO org_people (account_id, user_id, is_member, department, spelling, label, user_name, manager_id)
    VALUES (account, person, facts.is_member, facts.department, facts.spelling, facts.label, facts.user_name, facts.manager_id);
  ELSIF facts.is_here THEN
    UPDATE org_people p SET is_member = facts.is_member, department = facts.department, spelling = facts.spelling, label = facts.label,
      user_name = facts.user_name, manager_id = facts.manager_id WHERE p.account_id = account AND p.user_id = person
    RETURNING p.* INTO known;
  ELSE
    DELETE FROM org_people p WHERE p.account_id = account AND p.user_id = person;
  END IF;

  IF facts.is_renamed THEN
    SELECT o.* INTO led_unit FROM org_teams o WHERE o.account_id = account AND o.manager_id = person;
    IF FOUND AND facts.is_relabelled THEN
      RETURN QUERY SELECT * FROM org_rename_sub_team(account, known, led_unit);
    ELSIF FOUND THEN
      PERFORM org_takes_more('a manager changes in several ways');
    END IF;
  END IF;

  relinks := facts.moves OR facts.left_link IS DISTINCT FROM joined_link;
  IF facts.respells OR relinks THEN
    IF facts.left_department IS NOT NULL THEN
      SELECT o.* INTO left_unit FROM org_teams o
      WHERE o.account_id = account AND o.department = facts.left_department AND o.manager_id IS NULL;
      IF NOT FOUND THEN PERFORM org_takes_more('a department has no team'); END IF;
    END IF;
    IF facts.moves AND facts.joined_department IS NOT NULL THEN
      SELECT o.* INTO joined_unit FROM org_teams o
      WHERE o.account_id = account AND o.department = facts.joined_department AND o.manager_id IS NULL;
      IF NOT FOUND THEN PERFORM org_takes_more('a department appears'); END IF;
    END IF;
  ELSIF NOT facts.changes_lead THEN
    RETURN;
  END IF;
  IF facts.changes_lead THEN
    IF facts.left_lead IS NOT NULL THEN
      SELECT o.team_id INTO left_team FROM org_teams o WHERE o.account_id = account AND o.manager_id = facts.left_lead;
      IF NOT FOUND THEN PERFORM org_takes_more('a manager has no team'); END IF;
    END IF;
    IF facts.joined_lead IS NOT NULL THEN
      SELECT o.team_id INTO joined_team FROM org_teams o WHERE o.account_id = account AND o.manager_id = facts.joined_lead;
      IF NOT FOUND THEN
        IF NOT facts.meets_manager THEN PERFORM org_takes_more('a manager gets their first member'); END IF;
        RETURN QUERY SELECT * FROM org_found_sub_team(account, manager, person);
        SELECT o.team_id INTO joined_team FROM org_teams o WHERE o.account_id = account AND o.manager_id = facts.joined_lead;
        new_team := joined_team;
      END IF;
    END IF;
  END IF;

  RETURN QUERY
    WITH held AS MATERIALIZED (
      SELECT t.id FROM teams t WHERE t.account_id = account
        AND t.id = ANY (ARRAY[left_unit.team_id, joined_unit.team_id, left_team, joined_team])
      ORDER BY t.id FOR NO KEY UPDATE),
    touched AS (
      UPDATE teams t SET version = t.version + CASE WHEN t.id = new_team THEN 0 ELSE 1 END, updated_at = now() FROM held h
      WHERE t.account_id = account AND t.id = h.id AND (facts.moves OR t.id IN (left_team, joined_team))
      RETURNING t.id, t.display_name),
    gone AS (
      DELETE FROM memberships m WHERE facts.was_here AND m.account_id = account AND m.user_id = person
        AND m.team_id IN (CASE WHEN facts.moves THEN left_unit.team_id END, left_team) RETURNING m.team_id),
    came AS (
      INSERT INTO memberships AS m (account_id, team_id, user_id)
      SELECT account, t.id, person FROM touched t WHERE t.id IN (joined_unit.team_id, joined_team)
      ON CONFLICT DO NOTHING RETURNING m.team_id)
    SELECT CASE WHEN m.joins THEN 'TEAM_MEMBER_ADDED' ELSE 'TEAM_MEMBER_REMOVED' END, t.id, t.display_name, facts.label, '[]'::jsonb
    FROM (SELECT false AS joins, g.team_id FROM gone g UNION ALL SELECT true, c.team_id FROM came c) m
    JOIN touched t ON t.id = m.team_id ORDER BY m.joins, t.display_name;
  -- Nobody is told to leave or join a team before it is made, or by a name before it is told of. The names stay as they are
  -- by now, as the teams are held.
  IF left_team IS NOT NULL OR joined_team IS NOT NULL THEN
    PERFORM keeps_order(o.xmin) FROM org_teams o WHERE o.account_id = account AND o.team_id IN (left_team, joined_team);
  END IF;

  IF facts.respells THEN
    IF facts.left_department IS NOT NULL THEN
      UPDATE org_spellings c SET members = c.members - 1
      WHERE c.account_id = account AND c.department = facts.left_department AND c.spelling = facts.old_spelling;
    END IF;
    IF facts.joined_department IS NOT NULL THEN
      INSERT INTO org_spellings AS c (account_id, department, spelling, members)
      VALUES (account, facts.joined_department, facts.spelling, 1)
      ON CONFLICT (account_id, department, spelling) DO UPDATE SET members = c.members + 1;
    END IF;
  END IF;
  IF relinks THEN
    IF facts.left_link IS NOT NULL THEN
      UPDATE org_links c SET members = c.members - 1
      WHERE c.account_id = account AND c.department = facts.left_department AND c.manager_department = facts.left_link;
    END IF;
    IF joined_link IS NOT NULL THEN
      INSERT INTO org_links AS c (account_id, department, manager_department, members)
      VALUES (account, facts.joined_department, joined_link, 1)
      ON CONFLICT (account_id, department, manager_department) DO UPDATE SET members = c.members + 1;
    END IF;
  END IF;
  IF left_unit.team_id IS NOT NULL THEN
    PERFORM org_keeps_shape(account, left_unit, CASE WHEN facts.moves THEN facts.left_link IS NOT NULL ELSE relinks END);
  END IF;
  -- One more of those who are the most already changes nothing.
  IF joined_unit.team_id IS NOT NULL AND (facts.spelling <> joined_unit.name
      OR joined_link NOT IN ('', coalesce(joined_unit.points_to, '')) OR joined_unit.on_cycle AND joined_link IS NOT NULL) THEN
    PERFORM org_keeps_shape(account, joined_unit, joined_link IS NOT NULL);
  END IF;
  IF left_team IS NOT NULL THEN
    PERFORM FROM org_people r WHERE r.account_id = account AND r.manager_id = facts.left_lead AND r.is_member AND NOT r.on_cycle LIMIT 1;
    IF NOT FOUND THEN PERFORM org_takes_more('a manager has nobody left'); END IF;
  END IF;
END $$;
