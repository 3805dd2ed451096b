import { Migration } from '@mikro-orm/migrations';
import { functionNamed } from '../function-named.ts';

/**
 * Attributes that an account defines for its people. The values lie in the person's row, by the id of the definition;
 * those of indexed and unique attributes are also rows, so that no account needs an index of its own.
 */
export class CreateCustomAttributes extends Migration {
  override up(): void {
    // The triggers call `custom_attribute_keys`, which 0015 makes, when there is `fold`.
    for (const statement of [
      definitions,
      values,
      functionNamed('custom_attributes_lock'),
      functionNamed('keep_custom_attribute_values'),
      triggers,
      permission,
    ])
      this.addSql(statement);
  }
}

const definitions = `
CREATE TABLE custom_attributes (
  account_id uuid NOT NULL CONSTRAINT custom_attributes__account REFERENCES accounts (id),
  id uuid NOT NULL,
  schema text NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  multi_valued boolean NOT NULL,
  required boolean NOT NULL,
  case_exact boolean NOT NULL,
  canonical_values text[] NOT NULL,
  uniqueness text NOT NULL,
  indexed boolean NOT NULL,
  description text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT custom_attributes__id PRIMARY KEY (account_id, id),
  CONSTRAINT custom_attributes__type
    CHECK (type IN ('STRING', 'BOOLEAN', 'DECIMAL', 'INTEGER', 'DATE_TIME', 'REFERENCE', 'BINARY')),
  CONSTRAINT custom_attributes__uniqueness CHECK (uniqueness IN ('NONE', 'SERVER'))
);
CREATE UNIQUE INDEX custom_attributes__name ON custom_attributes (account_id, lower(schema), lower(name));
`;

/** No reference to the definition: everybody who is written at one time would lock that one row. */
const values = `
ALTER TABLE users ADD COLUMN custom_attributes jsonb;

CREATE TABLE custom_attribute_values (
  account_id uuid NOT NULL,
  user_id uuid NOT NULL,
  attribute_id uuid NOT NULL,
  value text COLLATE "C" NOT NULL,
  number numeric,
  is_unique boolean NOT NULL,
  CONSTRAINT custom_attribute_values__value PRIMARY KEY (account_id, user_id, attribute_id, value),
  CONSTRAINT custom_attribute_values__user FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id)
);
CREATE UNIQUE INDEX custom_attribute_values__unique ON custom_attribute_values (account_id, attribute_id, value)
  WHERE is_unique;
CREATE INDEX custom_attribute_values__by_value ON custom_attribute_values (account_id, attribute_id, value);
CREATE INDEX custom_attribute_values__by_number ON custom_attribute_values (account_id, attribute_id, number)
  WHERE number IS NOT NULL;
`;

/** Whoever has no custom attributes fires neither. */
const triggers = `
CREATE TRIGGER users__custom_attributes_given AFTER INSERT ON users
  FOR EACH ROW WHEN (NEW.custom_attributes IS NOT NULL) EXECUTE FUNCTION keep_custom_attribute_values();
CREATE TRIGGER users__custom_attributes_changed AFTER UPDATE OF custom_attributes, status ON users
  FOR EACH ROW WHEN (OLD.custom_attributes IS DISTINCT FROM NEW.custom_attributes
    OR NEW.custom_attributes IS NOT NULL AND (OLD.status = 'DEPROVISIONED') <> (NEW.status = 'DEPROVISIONED'))
  EXECUTE FUNCTION keep_custom_attribute_values();
`;

/** The built-in role that may do everything may do this too. */
const permission = `
UPDATE roles SET permissions = permissions || '{attributes:write}'
  WHERE key = 'admin' AND NOT permissions @> '{attributes:write}';
`;
