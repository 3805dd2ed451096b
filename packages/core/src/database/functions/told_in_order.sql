-- What would be told of people before something that happened to them earlier is refused, to be tried again: a
-- transaction with a later number may have ended what hung on them, as a membership, without writing their rows. The
-- transaction has its number, as it holds the people. VOLATILE shows it what was committed until now.
CREATE OR REPLACE FUNCTION told_in_order(account uuid, people uuid[]) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  own xid8 := pg_current_xact_id();
  here integer := (SELECT max(epoch) FROM histories);
BEGIN
  PERFORM FROM unnest(people) AS p (id), LATERAL (
    SELECT FROM events e WHERE e.account_id = account AND e.related_id = p.id AND (e.epoch, e.xid) > (here, own) LIMIT 1) later;
  IF FOUND THEN
    RAISE serialization_failure USING MESSAGE = 'a later transaction has told of the person first';
  END IF;
  RETURN true;
END $$;
