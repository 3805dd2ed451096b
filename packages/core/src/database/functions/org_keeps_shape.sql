-- A department whose team is held has to keep the name and the place that its counts give it; otherwise the change is
-- refused. Only where it points is a matter of links, and on a cycle of departments each of them counts.
CREATE OR REPLACE FUNCTION org_keeps_shape(account uuid, unit org_teams, has_other_links boolean) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF unit.name IS DISTINCT FROM (
      SELECT c.spelling FROM org_spellings c WHERE c.account_id = account AND c.department = unit.department AND c.members > 0
      ORDER BY c.members DESC, c.spelling LIMIT 1) THEN
    PERFORM org_takes_more('a department goes or gets another name');
  END IF;
  IF has_other_links AND (unit.on_cycle OR unit.points_to IS DISTINCT FROM (
      SELECT c.manager_department FROM org_links c
      WHERE c.account_id = account AND c.department = unit.department AND c.members > 0 AND c.manager_department <> ''
        AND EXISTS (SELECT FROM org_teams o
          WHERE o.account_id = account AND o.department = c.manager_department AND o.manager_id IS NULL)
      ORDER BY c.members DESC, c.manager_department LIMIT 1)) THEN
    PERFORM org_takes_more('a department moves');
  END IF;
END $$;
