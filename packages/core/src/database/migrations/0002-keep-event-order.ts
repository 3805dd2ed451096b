import { Migration } from '@mikro-orm/migrations';

/** What the statements need for events to stay in order: docs/decisions/0002-events-in-order.md. */
export class KeepEventOrder extends Migration {
  override up(): void {
    this.addSql(keepsOrder);
    this.addSql(newestExternalId);
  }
}

/**
 * Refuses, to be tried again, what would put the events of one object out of order: a transaction can get its number
 * while it waits for a row, and then find the row written by one with a later number. Row versions carry the low
 * 32 bits of the number; only those just ahead of our own are later, all others have wrapped.
 */
const keepsOrder = `
CREATE FUNCTION keeps_order(writer xid) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  own bigint := pg_current_xact_id_if_assigned()::text::bigint;
BEGIN
  IF own IS NOT NULL AND ((writer::text::bigint - own) & 4294967295) BETWEEN 1 AND 1000000 THEN
    RAISE serialization_failure USING MESSAGE = 'a later transaction wrote the row first';
  END IF;
  RETURN true;
END $$;
`;

/** The external id as of now, and not as of when the calling statement began: VOLATILE makes the difference. */
const newestExternalId = `
CREATE FUNCTION newest_external_id(account uuid, person uuid, connection uuid) RETURNS text LANGUAGE sql VOLATILE
  RETURN (SELECT x.external_id FROM user_external_ids x
    WHERE x.account_id = account AND x.user_id = person AND x.connection_id = connection);
`;
