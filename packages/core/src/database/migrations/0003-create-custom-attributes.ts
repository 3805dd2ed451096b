import { Migration } from '@mikro-orm/migrations';

/**
 * Attributes that an account defines for its people. The values lie in the person's row, by the id of the definition;
 * those of indexed and unique attributes are also rows, so that no account needs an index of its own.
 */
export class CreateCustomAttributes extends Migration {
  override up(): void {
    for (const statement of [definitions, values, lock, keys, keepValues, triggers, permission])
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

/** Who changes definitions holds this lock alone, who writes values shares it: none sees half of the other's work. */
const lock = `
CREATE FUNCTION custom_attributes_lock(account uuid) RETURNS bigint LANGUAGE sql IMMUTABLE
  RETURN hashtextextended('custom attributes of ' || account::text, 0);
`;

/**
 * The form in which values are compared: without case unless it counts, numbers and instants by their number. A text
 * that is too long for an index is cut and tells the rest by its digest.
 */
const keys = `
CREATE FUNCTION custom_attribute_key(content text) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN CASE WHEN length(content) <= 400 THEN content
    ELSE left(content, 336) || encode(sha256(convert_to(content, 'UTF8')), 'hex') END;

CREATE FUNCTION custom_attribute_keys(attribute_type text, case_exact boolean, content jsonb)
RETURNS TABLE (value text, number numeric) LANGUAGE sql STABLE AS $$
  SELECT DISTINCT coalesce(trim_scale(n.number)::text,
      custom_attribute_key(CASE WHEN case_exact THEN e.element ELSE lower(e.element) END)), n.number
  FROM (SELECT jsonb_array_elements(CASE jsonb_typeof(content) WHEN 'array' THEN content
      ELSE jsonb_build_array(content) END) #>> '{}' AS element) e,
    LATERAL (SELECT CASE
      WHEN attribute_type IN ('INTEGER', 'DECIMAL') THEN e.element::numeric
      WHEN attribute_type = 'DATE_TIME'
        THEN extract(epoch FROM date_trunc('milliseconds', e.element::timestamptz)) END AS number) n
$$;
`;

/**
 * Keeps the rows of a person's values. It reads the definitions after it has the lock, as they are then: what a server
 * process remembers of them may be a moment old. The values of who is deprovisioned are free for others
 * (RFC 7644 §3.6).
 */
const keepValues = `
CREATE FUNCTION keep_custom_attribute_values() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kept record;
  holder uuid;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(custom_attributes_lock(NEW.account_id));
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM custom_attribute_values v WHERE v.account_id = NEW.account_id AND v.user_id = NEW.id;
  END IF;
  FOR kept IN
    SELECT d.id, d.schema || ':' || d.name AS path, k.value, k.number,
      d.uniqueness = 'SERVER' AND NEW.status <> 'DEPROVISIONED' AS is_unique
    FROM custom_attributes d,
      LATERAL custom_attribute_keys(d.type, d.case_exact, NEW.custom_attributes -> d.id::text) k
    WHERE d.account_id = NEW.account_id AND (d.indexed OR d.uniqueness = 'SERVER')
      AND NEW.custom_attributes ? d.id::text
    ORDER BY d.id, k.value
  LOOP
    INSERT INTO custom_attribute_values (account_id, user_id, attribute_id, value, number, is_unique)
    VALUES (NEW.account_id, NEW.id, kept.id, kept.value, kept.number, kept.is_unique) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
      SELECT v.user_id INTO holder FROM custom_attribute_values v WHERE v.account_id = NEW.account_id
        AND v.attribute_id = kept.id AND v.value = kept.value AND v.is_unique;
      RAISE unique_violation USING MESSAGE = 'somebody else has this value', DETAIL = coalesce(holder::text, ''),
        CONSTRAINT = 'custom_attribute_values__unique', COLUMN = kept.path;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
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
