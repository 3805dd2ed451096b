-- Is a team the other one, or below it by the line of parents? VOLATILE makes this see the parents as of now, and not
-- as of when the calling statement began. UNION ends the walk where the line runs in a cycle.
CREATE OR REPLACE FUNCTION team_is_part_of(account uuid, part uuid, whole uuid) RETURNS boolean LANGUAGE sql VOLATILE
  RETURN EXISTS (
    WITH RECURSIVE line AS (
      SELECT t.id, t.parent_id FROM teams t WHERE t.account_id = account AND t.id = part
      UNION SELECT t.id, t.parent_id FROM line l JOIN teams t ON t.account_id = account AND t.id = l.parent_id)
    SELECT FROM line WHERE line.id = whole);
