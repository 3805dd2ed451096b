-- A transaction can get its number while it waits for a row, and then find the row written by one with a later
-- number: the events of that object would be out of order. Such a transaction is refused here, to be tried again with
-- a new number. Row versions carry the low 32 bits of the number; only those just ahead of our own are later, all
-- others have wrapped.
CREATE OR REPLACE FUNCTION keeps_order(writer xid) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  own bigint := pg_current_xact_id_if_assigned()::text::bigint;
BEGIN
  IF own IS NOT NULL AND ((writer::text::bigint - own) & 4294967295) BETWEEN 1 AND 1000000 THEN
    RAISE serialization_failure USING MESSAGE = 'a later transaction wrote the row first';
  END IF;
  RETURN true;
END $$;
