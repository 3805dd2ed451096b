import { sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { PropertyChange } from '../model/event.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { sealerOf } from '../sealing/sealer-of.ts';
import type { UsedConnection } from './find-used-connection.ts';
import type { Identity } from './identity.ts';
import { keptGroups, toldGroups } from './provider-groups.ts';

/** What the log says of a sign-in, beyond that it was one. */
export const toldOf = (
  { name }: UsedConnection,
  { protocol, subject, acr, amr, authTime, groups, groupsProblem }: Identity,
): PropertyChange[] =>
  Object.entries({
    method: protocol,
    signInConnection: name,
    subject,
    acr,
    amr,
    authTime,
    groups: toldGroups(groups),
    groupCount: groups?.length ?? null,
    groupsProblem,
  })
    .filter(([, after]) => after !== null && (!Array.isArray(after) || after.length > 0))
    .map(([field, after]) => ({ field, before: null, after }));

interface NewProviderSession {
  readonly sealer: Sealer | undefined;
  readonly connection: UsedConnection;
  readonly identity: Identity;
  readonly sessionId: string;
}

/**
 * Keeps with a session what the provider says of whose it is by now, if it is that of the identity; answers whether it is. The
 * provider may have begun another session of its own, by which it ends ours.
 */
export async function renewProviderSession(
  db: Sql,
  { sealer, connection, identity, sessionId }: NewProviderSession,
): Promise<boolean> {
  const { issuer, subject, sid, acr, amr, authTime } = identity;
  const renewed = await sql<{ session_id: string }>`UPDATE provider_sessions
    SET acr = ${acr}, amr = ${[...amr]}::text[], auth_time = ${authTime}::timestamptz,
      provider_sid = coalesce(${sid}::text, provider_sid),
      sign_out_hint = coalesce(${await sealedHint(sealer, connection, identity)}::text, sign_out_hint)
    WHERE account_id = ${connection.account_id}::uuid AND session_id = ${sessionId}::uuid
      AND sign_in_connection_id = ${connection.id}::uuid AND issuer = ${issuer} AND subject = ${subject}
    RETURNING session_id`.execute(db);
  return renewed.rows.length > 0;
}

/** Keeps with a session what the provider said of the sign-in that it began with. */
export async function keepProviderSession(
  db: Sql,
  { sealer, connection, identity, sessionId }: NewProviderSession,
): Promise<void> {
  const hint = await sealedHint(sealer, connection, identity);
  const { issuer, subject, sid, acr, amr, authTime, groups, groupsProblem } = identity;
  await sql`INSERT INTO provider_sessions (account_id, session_id, sign_in_connection_id, issuer, subject, provider_sid, acr, amr,
      auth_time, groups, groups_withheld, sign_out_hint)
    VALUES (${connection.account_id}::uuid, ${sessionId}::uuid, ${connection.id}::uuid, ${issuer}, ${subject}, ${sid}, ${acr},
      ${[...amr]}::text[], ${authTime}::timestamptz, ${groups === null ? null : keptGroups(groups)}::text[],
      ${groupsProblem !== null}, ${hint})`.execute(db);
}

const sealedHint = async (
  sealer: Sealer | undefined,
  { sign_out_at_provider: isUsed }: UsedConnection,
  { signOutHint }: Identity,
): Promise<string | null> =>
  isUsed && signOutHint !== null ? sealerOf(sealer).seal(signOutHint, 'sign-out-hint') : null;
