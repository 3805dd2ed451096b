-- People as they are now, also what the calling statement has made of them: VOLATILE makes the difference.
CREATE OR REPLACE FUNCTION newest_users(account uuid, people uuid[]) RETURNS SETOF users LANGUAGE sql VOLATILE AS $$
  SELECT u.* FROM users u WHERE u.account_id = account AND u.id = ANY (people)
$$;
