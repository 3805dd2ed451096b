-- The active admins as of now. When one of `leaving` is among them, all have to be held by the caller: the others may
-- be leaving, too. Otherwise the change is refused, to be tried again.
CREATE OR REPLACE FUNCTION newest_active_admins(account uuid, leaving uuid[], held uuid[]) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  admins uuid[] := ARRAY(
    SELECT DISTINCT u.id FROM roles r
    CROSS JOIN LATERAL holders_of(r.account_id, r.id) g
    JOIN users u ON u.account_id = account AND u.id = g.user_id AND u.status = 'ACTIVE'
    WHERE r.account_id = account AND r.key = 'admin' ORDER BY u.id);
BEGIN
  IF admins && leaving AND NOT admins <@ held THEN
    RAISE serialization_failure USING MESSAGE = 'somebody just became an admin';
  END IF;
  RETURN admins;
END $$;
