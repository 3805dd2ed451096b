-- Who has a role, each as often as there are reasons: it was granted to them, or a group that they are in gives
-- it, by the mapping that their membership names.
CREATE OR REPLACE FUNCTION holders_of(account uuid, role uuid) RETURNS TABLE (user_id uuid, source text, mapping_id uuid)
LANGUAGE sql STABLE AS $$
  SELECT g.user_id, g.source, NULL::uuid FROM role_grants g WHERE g.account_id = account AND g.role_id = role
  UNION ALL SELECT s.user_id, 'SCIM_MAPPING', m.id
  FROM role_mappings m JOIN memberships s ON s.account_id = m.account_id AND s.team_id = m.team_id AND m.id = ANY (s.role_mapping_ids)
  WHERE m.account_id = account AND m.role_id = role
$$;
