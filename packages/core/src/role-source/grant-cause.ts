import { type RawBuilder, sql } from 'kysely';

/** What a grant came from, as the log tells it once the grant is gone: its row has this alias. */
export const grantCause = (alias: string): RawBuilder<unknown> => {
  const of = (column: string) => sql.ref(`${alias}.${column}`);
  return sql`jsonb_strip_nulls(jsonb_build_object('source', ${of('source')}, 'grantedAt', ${of('granted_at')},
    'grantedBy', ${of('actor_name')}, 'requestId', ${of('request_id')}, 'signInConnection', ${of('sign_in_connection_name')},
    'group', ${of('group_value')}))`;
};
