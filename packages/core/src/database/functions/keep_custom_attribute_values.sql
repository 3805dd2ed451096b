-- The trigger function that keeps the rows of a person's values. It reads the definitions after it has the lock, as
-- they are then: what a server process remembers of them may be a moment old. The values of a deprovisioned person
-- are free for others (RFC 7644 §3.6).
CREATE OR REPLACE FUNCTION keep_custom_attribute_values() RETURNS trigger LANGUAGE plpgsql AS $$
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
