-- The advisory lock of an account's definitions. Whoever changes definitions holds it exclusively, and whoever writes
-- values shares it, so that neither sees half of the other's work.
CREATE OR REPLACE FUNCTION custom_attributes_lock(account uuid) RETURNS bigint LANGUAGE sql IMMUTABLE
  RETURN hashtextextended('custom attributes of ' || account::text, 0);
