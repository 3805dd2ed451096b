-- The roles of a person, as often as there are reasons for each: those granted to them, and those of the groups
-- that they are in, by the mappings that their memberships name.
CREATE OR REPLACE FUNCTION roles_of(account uuid, person uuid) RETURNS TABLE (role_id uuid, source text, mapping_id uuid)
LANGUAGE sql STABLE AS $$
  SELECT g.role_id, g.source, NULL::uuid FROM role_grants g WHERE g.account_id = account AND g.user_id = person
  UNION ALL SELECT m.role_id, 'SCIM_MAPPING', m.id
  FROM memberships s JOIN role_mappings m ON m.account_id = s.account_id AND m.id = ANY (s.role_mapping_ids)
  WHERE s.account_id = account AND s.user_id = person AND s.role_mapping_ids IS NOT NULL
$$;
