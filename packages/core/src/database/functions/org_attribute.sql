-- The attribute of a person that the account makes teams from: a custom one by the id of its definition, else the
-- column of that name. The likely ones are found without making JSON of the person.
CREATE OR REPLACE FUNCTION org_attribute(person users, attribute text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE attribute WHEN 'department' THEN (person).department WHEN 'division' THEN (person).division
    WHEN 'organization' THEN (person).organization WHEN 'costCenter' THEN (person).cost_center
    WHEN 'title' THEN (person).title WHEN 'userType' THEN (person).user_type
    ELSE coalesce((person).custom_attributes ->> attribute,
      to_jsonb(person) ->> lower(regexp_replace(attribute, '([A-Z])', '_\1', 'g'))) END;
