-- What these people are due: each role that their identity provider says in `roles` and may assign, by id or by name. VOLATILE
-- shows it people and roles as they are by now.
CREATE OR REPLACE FUNCTION assigned_roles(account uuid, people uuid[])
RETURNS TABLE (user_id uuid, role_id uuid, said_by uuid, said jsonb)
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT DISTINCT ON (u.id, r.id) u.id, r.id, u.directory_roles_by, e.said
    FROM users u
    CROSS JOIN LATERAL jsonb_array_elements(u.directory_roles) WITH ORDINALITY AS e (said, place)
    CROSS JOIN LATERAL (
      SELECT c.id FROM unnest(role_names_in(e.said)) WITH ORDINALITY AS n (name, rank)
      CROSS JOIN LATERAL (
        SELECT i.id, 1 AS way FROM roles i WHERE i.account_id = account AND i.id =
          CASE WHEN n.name ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN n.name::uuid END
        UNION ALL SELECT k.id, 2 FROM roles k WHERE k.account_id = account AND fold(k.name) = fold(n.name)) c
      JOIN assignable_roles a ON a.account_id = account AND a.connection_id = u.directory_roles_by AND a.role_id = c.id
      ORDER BY n.rank, c.way LIMIT 1) r
    WHERE u.account_id = account AND u.id = ANY (people) AND u.directory_roles_by IS NOT NULL AND u.status <> 'DEPROVISIONED'
    ORDER BY u.id, r.id, e.place;
END $$;
