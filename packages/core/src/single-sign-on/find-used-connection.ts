import type { Read } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { isUuid } from '../text/uuid.ts';

const columns = [
  'account_id',
  'id',
  'name',
  'protocol',
  'issuer',
  'client_id',
  'client_secret',
  'scopes',
  'saml',
  'groups_claim',
  'fetches_groups',
  'link_rule',
  'preset',
  'connection_id',
  'jit_policy',
  'domains',
  'max_age',
  'step_up_acr_values',
  'enabled',
  'sign_out_at_provider',
] as const;

/** A sign-in connection as somebody signs in by it. */
export type UsedConnection = Read<'sign_in_connections', (typeof columns)[number]>;

/** The sign-in connection of an id, whosoever account's it is: nobody is signed in yet who would have one. */
export async function findUsedConnection(db: Sql, id: string): Promise<UsedConnection | undefined> {
  if (!isUuid(id)) return undefined;
  return db.selectFrom('sign_in_connections').select(columns).where('id', '=', id).executeTakeFirst();
}
