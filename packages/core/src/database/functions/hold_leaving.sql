-- Whoever leaves the directory is held here with everybody whose row the departure may write: who reports to them, and
-- the admins where one of those leaves; in the order of their ids. FOR UPDATE also holds off whoever is adding these
-- people to a team, so that no membership slips through. The answer says of each why they stay, if so: another version
-- than the wanted one, or the last active admin.
CREATE OR REPLACE FUNCTION hold_leaving(account uuid, leaving uuid[], wanted_version integer)
RETURNS TABLE (id uuid, version integer, refusal text)
LANGUAGE plpgsql VOLATILE ROWS 1 SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    WITH admins AS MATERIALIZED (
      SELECT g.user_id FROM roles r, LATERAL holders_of(r.account_id, r.id) g
      WHERE r.account_id = account AND r.key = 'admin'),
    held AS MATERIALIZED (
      SELECT u.id, u.version FROM users u
      WHERE u.account_id = account AND u.status <> 'DEPROVISIONED' AND keeps_order(u.xmin) AND u.id = ANY (ARRAY(
        SELECT unnest(leaving)
        UNION SELECT r.id FROM users r WHERE r.account_id = account AND r.manager_id = ANY (leaving)
        UNION SELECT a.user_id FROM admins a WHERE EXISTS (SELECT FROM admins one WHERE one.user_id = ANY (leaving))))
      ORDER BY u.id FOR UPDATE OF u),
    newest AS MATERIALIZED (SELECT newest_active_admins(account, leaving, ARRAY(SELECT h.id FROM held h)) AS admins),
    wanted AS (
      SELECT h.id, h.version, h.version <> coalesce(wanted_version, h.version) AS is_another, h.id = ANY (n.admins) AS is_admin,
        cardinality(n.admins) AS admins FROM held h, newest n WHERE h.id = ANY (leaving))
    SELECT w.id, w.version, CASE WHEN w.is_another THEN 'VERSION_MISMATCH'
      WHEN w.is_admin AND count(*) OVER (PARTITION BY w.is_admin, w.is_another ORDER BY w.id) >= w.admins THEN 'LAST_ADMIN' END
    FROM wanted w ORDER BY w.id;
END $$;
