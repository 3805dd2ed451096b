-- A text that is too long for an index is cut, and its digest tells the rest.
CREATE OR REPLACE FUNCTION custom_attribute_key(content text) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN CASE WHEN length(content) <= 400 THEN content
    ELSE left(content, 336) || encode(sha256(convert_to(content, 'UTF8')), 'hex') END;

-- The form in which values are compared: texts without case unless it counts, numbers and instants by their number.
CREATE OR REPLACE FUNCTION custom_attribute_keys(attribute_type text, case_exact boolean, content jsonb)
RETURNS TABLE (value text, number numeric) LANGUAGE sql STABLE AS $$
  SELECT DISTINCT coalesce(trim_scale(n.number)::text,
      custom_attribute_key(CASE WHEN case_exact THEN e.element ELSE fold(e.element) END)), n.number
  FROM (SELECT jsonb_array_elements(CASE jsonb_typeof(content) WHEN 'array' THEN content
      ELSE jsonb_build_array(content) END) #>> '{}' AS element) e,
    LATERAL (SELECT CASE
      WHEN attribute_type IN ('INTEGER', 'DECIMAL') THEN e.element::numeric
      WHEN attribute_type = 'DATE_TIME'
        THEN extract(epoch FROM date_trunc('milliseconds', e.element::timestamptz)) END AS number) n
$$;
