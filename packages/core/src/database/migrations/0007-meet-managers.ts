import { Migration } from '@mikro-orm/migrations';

/**
 * Somebody arrives under a name at the moment that somebody else names them as manager: neither sees the other, and
 * the line between them would never come about. So whoever may leave somebody waiting is alone with it, among those who
 * arrive. It is waited for before the transaction has its number.
 */
export class MeetManagers extends Migration {
  override up(): void {
    this.addSql(managerTurn);
    this.addSql(nobodyWaits);
  }
}

const managerTurn = `
CREATE FUNCTION managers_lock(account uuid) RETURNS bigint LANGUAGE sql IMMUTABLE
  RETURN hashtextextended('managers of ' || account::text, 0);

CREATE FUNCTION manager_turn(account uuid, may_wait boolean) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF may_wait THEN
    PERFORM pg_advisory_xact_lock(managers_lock(account));
  ELSE
    PERFORM pg_advisory_xact_lock_shared(managers_lock(account));
  END IF;
END $$;
`;

/** Looks after it had its turn, so that it sees what was committed while the statement that asks was waiting. */
const nobodyWaits = `
CREATE FUNCTION nobody_waits(account uuid, names text[]) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(managers_lock(account));
  RETURN NOT EXISTS (SELECT FROM users r WHERE r.account_id = account AND r.manager_id IS NULL
    AND r.manager_value IS NOT NULL AND r.status <> 'DEPROVISIONED' AND lower(r.manager_value) = ANY (names));
END $$;
`;
