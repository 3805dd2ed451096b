import type { Sql } from '../database/database.ts';
import { findUsedConnection } from '../single-sign-on/find-used-connection.ts';
import { metadataOf } from './metadata.ts';
import { samlOf } from './service-provider.ts';

/** Our metadata for a sign-in connection; null where there is none by SAML. They are no secret. */
export async function findMetadata(
  db: Sql,
  { id, adminUrl }: { readonly id: string; readonly adminUrl: string },
): Promise<string | null> {
  const connection = await findUsedConnection(db, id);
  return connection?.protocol === 'SAML' ? metadataOf(samlOf(connection), adminUrl) : null;
}
