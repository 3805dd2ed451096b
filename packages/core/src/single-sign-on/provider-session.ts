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

/** Keeps with a session what the provider said of the sign-in that it began with. */
export async function keepProviderSession(
  db: Sql,
  { sealer, connection, identity, sessionId }: NewProviderSession,
): Promise<void> {
  const { signOutHint } = identity;
  const hint =
    connection.sign_out_at_provider && signOutHint !== null
      ? await sealerOf(sealer).seal(signOutHint, 'sign-out-hint')
      : null;
  const { issuer, subject, sid, acr, amr, authTime, groups, groupsProblem } = identity;
  await sql`INSERT INTO provider_sessions (account_id, session_id, sign_in_connection_id, issuer, subject, provider_sid, acr, amr,
      auth_time, groups, groups_withheld, sign_out_hint)
    VALUES (${connection.account_id}::uuid, ${sessionId}::uuid, ${connection.id}::uuid, ${issuer}, ${subject}, ${sid}, ${acr},
      ${[...amr]}::text[], ${authTime}::timestamptz, ${groups === null ? null : keptGroups(groups)}::text[],
      ${groupsProblem !== null}, ${hint})`.execute(db);
}
