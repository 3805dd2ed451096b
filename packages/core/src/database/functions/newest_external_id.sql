-- VOLATILE makes this see the external id as of now, and not as of when the calling statement began.
CREATE OR REPLACE FUNCTION newest_external_id(account uuid, person uuid, connection uuid) RETURNS text
LANGUAGE sql VOLATILE
  RETURN (SELECT x.external_id FROM user_external_ids x
    WHERE x.account_id = account AND x.user_id = person AND x.connection_id = connection);
