-- Twin of `spellingOf` in src/org-structure/derive/department-name.ts. Whether anything can be seen in a text without
-- letters and digits, is left to that one.
CREATE OR REPLACE FUNCTION org_rare_spelling(content text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  spelling text := btrim(left(btrim(regexp_replace(normalize(content, NFC),
    '[\u0009-\u000d\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+', ' ', 'g')), 200));
BEGIN
  IF NOT translate(spelling, E'\u115f\u1160\u3164\uffa0', '') COLLATE "und-x-icu" ~ '[[:alnum:]]' THEN
    PERFORM org_takes_more('a department has no letters');
  END IF;
  RETURN spelling;
END $$;

-- How a department is spelled. Most are ASCII with single spaces, and take the short way.
CREATE OR REPLACE FUNCTION org_spelling(content text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN content COLLATE "C" ~ '^[!-~]+( [!-~]+)*$' AND octet_length(content) <= 200 THEN content
    WHEN content IS NOT NULL THEN org_rare_spelling(content) END;
