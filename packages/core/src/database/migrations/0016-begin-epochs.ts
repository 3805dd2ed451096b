import { Migration } from '@mikro-orm/migrations';

/**
 * Transaction numbers mean something in their own cluster only. The epoch comes before them in the order of events: what
 * was written where the database was before, comes before everything that is written where it is now.
 */
export class BeginEpochs extends Migration {
  override up(): void {
    for (const statement of [histories, events, positions]) this.addSql(statement);
  }
}

const histories = `
CREATE TABLE histories (
  epoch integer NOT NULL CONSTRAINT histories__epoch PRIMARY KEY,
  id text NOT NULL,
  place text NOT NULL,
  began_at timestamptz(3) NOT NULL DEFAULT now()
);
`;

/** Epoch 0 is what was written before epochs were kept; each epoch that begins makes itself the column's default. */
const events = `
ALTER TABLE events ADD COLUMN epoch integer NOT NULL DEFAULT 0;
ALTER TABLE events DROP CONSTRAINT events__position,
  ADD CONSTRAINT events__position PRIMARY KEY (account_id, epoch, xid, seq);
DROP INDEX events__subject;
DROP INDEX events__related;
CREATE INDEX events__subject ON events (account_id, subject_id, epoch, xid, seq);
CREATE INDEX events__related ON events (account_id, related_id, epoch, xid, seq) WHERE related_id IS NOT NULL;
`;

const positions = `
ALTER TABLE org_chart_positions ADD COLUMN epoch integer NOT NULL DEFAULT 0;
ALTER TABLE org_chart_positions ALTER COLUMN epoch DROP DEFAULT;
`;
