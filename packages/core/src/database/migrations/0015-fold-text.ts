import { Migration } from '@mikro-orm/migrations';
import { functionNamed } from '../function-named.ts';

/**
 * One form in which texts are compared without case, and one alphabet in which they are ordered, whatever locale the
 * database has (docs/decisions/0016-text.md). Whatever two rows have come to share by it is told, and nothing is changed.
 */
export class FoldText extends Migration {
  override up(): void {
    for (const statement of [
      requirements,
      functionNamed('fold'),
      structure,
      clashes,
      uniqueNames,
      lookups,
      orders,
      chart,
      functionNamed('nobody_waits'),
      functionNamed('custom_attribute_keys'),
      customValues,
    ])
      this.addSql(statement);
  }
}

const requirements = `
DO $$ BEGIN
  IF current_setting('server_encoding') <> 'UTF8' THEN
    RAISE EXCEPTION 'Rollcall needs a database in UTF-8, and this one is in %. Create one with ENCODING UTF8 and move the data there.',
      current_setting('server_encoding');
  END IF;
  IF to_regcollation('pg_catalog."und-x-icu"') IS NULL THEN
    RAISE EXCEPTION 'Rollcall needs a PostgreSQL with ICU, as all usual packages have it: the collation und-x-icu is missing.';
  END IF;
END $$;
`;

/**
 * Keys of departments in their new form. Where departments become one, one team gets the key; the others are called by
 * their ids until a rebuild has moved their people, with the events that tell of it.
 */
const structure = `
CREATE TEMPORARY TABLE refolded ON COMMIT DROP AS SELECT DISTINCT p.account_id FROM org_people p
  WHERE p.department <> fold(p.spelling) OR p.spelling <> normalize(p.spelling, NFC);
CREATE TEMPORARY TABLE new_keys ON COMMIT DROP AS
  SELECT k.account_id, k.department, fold(k.department) COLLATE "C" AS key, row_number() OVER (
    PARTITION BY k.account_id, fold(k.department) ORDER BY k.department <> fold(k.department), o.team_id) AS place
  FROM (SELECT account_id, department FROM org_people WHERE department IS NOT NULL
      UNION SELECT account_id, department FROM org_teams WHERE department IS NOT NULL
      UNION SELECT account_id, department FROM org_spellings
      UNION SELECT account_id, department FROM org_links
      UNION SELECT account_id, manager_department FROM org_links
      UNION SELECT account_id, points_to FROM org_teams WHERE points_to IS NOT NULL) k
  LEFT JOIN org_teams o ON o.account_id = k.account_id AND o.department = k.department AND o.manager_id IS NULL;
DELETE FROM new_keys WHERE place > 1 OR key = department;

UPDATE org_people p SET department = k.key FROM new_keys k WHERE k.account_id = p.account_id AND k.department = p.department;
UPDATE org_teams o SET department = k.key FROM new_keys k WHERE k.account_id = o.account_id AND k.department = o.department;
UPDATE org_teams o SET points_to = k.key FROM new_keys k WHERE k.account_id = o.account_id AND k.department = o.points_to;
UPDATE org_spellings s SET department = k.key FROM new_keys k WHERE k.account_id = s.account_id AND k.department = s.department;
UPDATE org_links l SET department = k.key FROM new_keys k WHERE k.account_id = l.account_id AND k.department = l.department;
UPDATE org_links l SET manager_department = k.key FROM new_keys k
  WHERE k.account_id = l.account_id AND k.department = l.manager_department;
UPDATE org_teams SET claim = fold(claim) WHERE claim <> fold(claim);

WITH renamed AS (
  UPDATE teams t SET display_name = t.id::text FROM (
    SELECT t.account_id, t.id, row_number() OVER (PARTITION BY t.account_id, t.connection_id, fold(t.display_name)
      ORDER BY t.origin = 'ORG_STRUCTURE', o.department <> fold(o.department), t.id) AS place
    FROM teams t LEFT JOIN org_teams o ON o.account_id = t.account_id AND o.team_id = t.id) n
  WHERE n.account_id = t.account_id AND n.id = t.id AND n.place > 1 AND t.origin = 'ORG_STRUCTURE' RETURNING t.account_id)
INSERT INTO refolded SELECT account_id FROM renamed EXCEPT SELECT account_id FROM refolded;

UPDATE org_rebuilds r SET state = 'REPLACED', finished_at = now()
  WHERE r.state = 'RUNNING' AND r.account_id IN (SELECT account_id FROM refolded);
INSERT INTO org_rebuilds (account_id, id, state, create_teams, team_attribute, total, actor_kind, actor_name, request_id)
  SELECT a.id, gen_random_uuid(), 'RUNNING', a.create_teams, a.team_attribute,
    (SELECT count(*) FROM users u WHERE u.account_id = a.id AND u.status <> 'DEPROVISIONED'), 'SYSTEM', 'Rollcall', 'migration 0015'
  FROM accounts a JOIN refolded f ON f.account_id = a.id WHERE a.create_teams <> 'NONE';
`;

/** What has to be unique and is not any more, in words, before an index says it in its own. */
const clashes = `
DO $$ DECLARE told text;
BEGIN
  SELECT string_agg(format('%s of account %s: %s', what, account_id, names), E'\\n') INTO told FROM (
    SELECT what, account_id, string_agg(format('"%s" (%s)', name, id), ', ' ORDER BY id) AS names FROM (
        SELECT 'users' AS what, account_id, id, user_name AS name, NULL::uuid AS within FROM users
        UNION ALL SELECT 'teams', account_id, id, display_name, connection_id FROM teams
        UNION ALL SELECT 'roles', account_id, id, name, NULL FROM roles
        UNION ALL SELECT 'connections', account_id, id, name, NULL FROM connections) AS named
    GROUP BY what, account_id, within, fold(name) HAVING count(*) > 1 LIMIT 20) AS clash;
  IF told IS NOT NULL THEN
    RAISE EXCEPTION E'These names differ by case or by Unicode form alone, so that nobody can tell them apart. Rename all but one of each with the release before this, or with SQL, and start again; nothing was changed.\\n%', told;
  END IF;
END $$;
`;

const uniqueNames = `
DROP INDEX users__user_name;
CREATE UNIQUE INDEX users__user_name ON users (account_id, fold(user_name));
DROP INDEX teams__display_name;
CREATE UNIQUE INDEX teams__display_name ON teams (account_id, connection_id, fold(display_name)) NULLS NOT DISTINCT;
DROP INDEX roles__name;
CREATE UNIQUE INDEX roles__name ON roles (account_id, fold(name));
DROP INDEX connections__name;
CREATE UNIQUE INDEX connections__name ON connections (account_id, fold(name));
`;

const lookups = `
DROP INDEX users__pending_manager;
CREATE INDEX users__pending_manager ON users (account_id, fold(manager_value))
  WHERE manager_id IS NULL AND manager_value IS NOT NULL;
DROP INDEX users__search;
CREATE INDEX users__search ON users USING gin
  (fold(user_name) gin_trgm_ops, fold(display_name) gin_trgm_ops, fold(name_family_name) gin_trgm_ops);
DROP INDEX users__email_values;
CREATE INDEX users__email_values ON users USING gin ((fold(emails::text)::jsonb) jsonb_path_ops);
DROP INDEX users__sign_in;
CREATE INDEX users__sign_in ON users (fold(user_name)) WHERE password_digest IS NOT NULL;
DROP INDEX teams__search;
CREATE INDEX teams__search ON teams USING gin (fold(display_name) gin_trgm_ops);
`;

const alphabetical = (text: string): string => `(left(${text}, 256) COLLATE "und-x-icu")`;
const personName = alphabetical('coalesce(display_name, user_name)');
const teamName = alphabetical('display_name');

/** By the alphabet of Unicode, for the lists that somebody looks at or an identity provider pages through. */
const orders = `
DROP INDEX users__label;
CREATE INDEX users__label ON users (account_id, ${personName}, id);
CREATE INDEX users__by_user_name ON users (account_id, ${alphabetical('user_name')}, id);
CREATE INDEX teams__by_display_name ON teams (account_id, ${teamName}, id);
`;

const personLevel = `account_id, coalesce(manager_id, '00000000-0000-0000-0000-000000000000'), ${personName}, user_id`;
const teamLevel = `account_id, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), ${teamName}, team_id`;

const chart = `
DROP INDEX org_chart_people__level_now, org_chart_people__level, org_chart_people__label, org_chart_people__search;
CREATE INDEX org_chart_people__level_now ON org_chart_people (${personLevel}) WHERE ended = 'infinity';
CREATE INDEX org_chart_people__level ON org_chart_people (${personLevel}) INCLUDE (began, ended);
CREATE INDEX org_chart_people__label ON org_chart_people (account_id, ${personName}, user_id);
CREATE INDEX org_chart_people__search ON org_chart_people USING gin
  (fold(user_name) gin_trgm_ops, fold(display_name) gin_trgm_ops);
DROP INDEX org_chart_teams__level_now, org_chart_teams__level, org_chart_teams__label, org_chart_teams__search;
CREATE INDEX org_chart_teams__level_now ON org_chart_teams (${teamLevel}) WHERE ended = 'infinity';
CREATE INDEX org_chart_teams__level ON org_chart_teams (${teamLevel}) INCLUDE (began, ended);
CREATE INDEX org_chart_teams__label ON org_chart_teams (account_id, ${teamName}, team_id);
CREATE INDEX org_chart_teams__search ON org_chart_teams USING gin (fold(display_name) gin_trgm_ops);
`;

/** Values of custom attributes whose case does not count; only those that have other letters than ASCII's, or were cut. */
const customValues = `
DO $$ DECLARE told text;
BEGIN
  CREATE TEMPORARY TABLE rekeyed ON COMMIT DROP AS
    SELECT v.account_id, v.user_id, v.attribute_id, k.value, k.number, bool_or(v.is_unique) AS is_unique
    FROM custom_attribute_values v JOIN custom_attributes d ON d.account_id = v.account_id AND d.id = v.attribute_id
    JOIN users u ON u.account_id = v.account_id AND u.id = v.user_id,
      LATERAL custom_attribute_keys(d.type, d.case_exact, u.custom_attributes -> d.id::text) k
    WHERE NOT d.case_exact AND v.number IS NULL
      AND (octet_length(v.value) <> char_length(v.value) OR char_length(v.value) >= 400)
    GROUP BY v.account_id, v.user_id, v.attribute_id, k.value, k.number;
  DELETE FROM custom_attribute_values v USING rekeyed r
    WHERE r.account_id = v.account_id AND r.user_id = v.user_id AND r.attribute_id = v.attribute_id;
  SELECT string_agg(format('attribute %s of account %s: users %s', attribute_id, account_id, people), E'\\n') INTO told
    FROM (SELECT r.account_id, r.attribute_id, r.value, string_agg(r.user_id::text, ', ') AS people FROM rekeyed r
      WHERE r.is_unique GROUP BY r.account_id, r.attribute_id, r.value HAVING count(*) > 1 LIMIT 20) AS clash;
  IF told IS NOT NULL THEN
    RAISE EXCEPTION E'These values have to be unique and differ by case or by Unicode form alone. Change all but one of each with the release before this, or with SQL, and start again; nothing was changed.\\n%', told;
  END IF;
  INSERT INTO custom_attribute_values (account_id, user_id, attribute_id, value, number, is_unique)
    SELECT account_id, user_id, attribute_id, value, number, is_unique FROM rekeyed;
END $$;
`;
