import { Migration } from '@mikro-orm/migrations';

/**
 * A statement sees what was committed when it began. Where it had to wait for a row, what hangs on that row may be newer:
 * a session that began, a member who joined, an admin who became one. A VOLATILE function sees that, too.
 */
export class SeeNewest extends Migration {
  override up(): void {
    for (const statement of [newestAdmins, endAccess, dropOthers, leftovers]) this.addSql(statement);
  }
}

/**
 * The active admins. Refuses, to be tried again, when one of `leaving` is among them and others are not held: those may be
 * leaving, too.
 */
const newestAdmins = `
CREATE FUNCTION newest_active_admins(account uuid, leaving uuid[], held uuid[]) RETURNS uuid[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  admins uuid[] := ARRAY(
    SELECT DISTINCT u.id FROM roles r
    JOIN role_grants g ON g.account_id = r.account_id AND g.role_id = r.id
    JOIN users u ON u.account_id = g.account_id AND u.id = g.user_id AND u.status = 'ACTIVE'
    WHERE r.account_id = account AND r.key = 'admin' ORDER BY u.id);
BEGIN
  IF admins && leaving AND NOT admins <@ held THEN
    RAISE serialization_failure USING MESSAGE = 'somebody just became an admin';
  END IF;
  RETURN admins;
END $$;
`;

/** Ends the sessions of people, but the one to keep, and where asked their tokens; answers what it ended. */
const endAccess = `
CREATE FUNCTION end_access(account uuid, people uuid[], kept uuid, ends_tokens boolean) RETURNS SETOF uuid LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN QUERY DELETE FROM sessions s
    WHERE s.account_id = account AND s.user_id = ANY(people) AND s.id IS DISTINCT FROM kept RETURNING s.id;
  IF ends_tokens THEN
    RETURN QUERY UPDATE tokens t SET revoked_at = now()
      WHERE t.account_id = account AND t.user_id = ANY(people) AND t.revoked_at IS NULL RETURNING t.id;
  END IF;
END $$;
`;

/** Takes everybody out of a team whom a list does not name; answers who that was. */
const dropOthers = `
CREATE FUNCTION drop_other_members(account uuid, team uuid, named uuid[]) RETURNS SETOF uuid LANGUAGE sql VOLATILE AS $$
  DELETE FROM memberships m WHERE m.account_id = account AND m.team_id = team AND m.user_id <> ALL(named) RETURNING m.user_id
$$;
CREATE FUNCTION drop_other_teams(account uuid, team uuid, named uuid[]) RETURNS SETOF uuid LANGUAGE sql VOLATILE AS $$
  DELETE FROM nested_teams n WHERE n.account_id = account AND n.team_id = team AND n.nested_id <> ALL(named) RETURNING n.nested_id
$$;
`;

/** What was granted to people at the moment that they were deprovisioned does not wait for their return. */
const leftovers = `
DELETE FROM role_grants g USING users u
  WHERE u.account_id = g.account_id AND u.id = g.user_id AND u.status = 'DEPROVISIONED';
UPDATE tokens t SET revoked_at = now() FROM users u
  WHERE u.account_id = t.account_id AND u.id = t.user_id AND u.status <> 'ACTIVE' AND t.revoked_at IS NULL;
DELETE FROM sessions s USING users u
  WHERE u.account_id = s.account_id AND u.id = s.user_id AND u.status <> 'ACTIVE';
`;
