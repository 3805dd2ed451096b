-- Twin of `fold` in src/text/fold.ts (docs/decisions/0016-text.md). Indexes store what it answers, so a migration
-- that changes it makes them anew. ICU is named, so that the answer is the same in every database; a text of ASCII,
-- as nearly all are, takes the short way.
CREATE OR REPLACE FUNCTION fold(content text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN octet_length(content) = char_length(content) THEN lower(content COLLATE "C") COLLATE "default"
    ELSE normalize(replace(lower(upper(lower(content COLLATE "und-x-icu"))), 'ς', 'σ'), NFC) COLLATE "default" END;
