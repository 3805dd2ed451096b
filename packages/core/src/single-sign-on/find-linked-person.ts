import { sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { domainOfEmail } from '../email-domains/domain-name.ts';
import { vouchesFor } from '../email-domains/find-email-domains.ts';
import type { LinkRule } from '../model/sign-in-connection.entity.ts';
import { mailbox } from '../text/mailbox.ts';
import type { UsedConnection } from './find-used-connection.ts';
import type { Identity } from './identity.ts';

/** Whom an identity means, and by which rule, where they are not linked yet. */
export interface MeantPerson {
  readonly userId: string;
  readonly newlyBy: LinkRule | undefined;
}

/** Somebody who is linked, or is found by the rule of the connection; never by an address alone. */
export async function findMeantPerson(
  db: Sql,
  connection: UsedConnection,
  identity: Identity,
): Promise<MeantPerson | undefined> {
  const linked = await findLinkedPerson(db, connection, identity);
  if (linked !== undefined) return { userId: linked, newlyBy: undefined };
  const userId = await findByRule(db, connection, identity);
  return userId === undefined ? undefined : { userId, newlyBy: connection.link_rule };
}

/** Who was linked to the subject before. */
export async function findLinkedPerson(
  db: Sql,
  { account_id, id }: UsedConnection,
  { issuer, subject }: Pick<Identity, 'issuer' | 'subject'>,
): Promise<string | undefined> {
  const link = await db
    .selectFrom('identity_links')
    .select('user_id')
    .where('account_id', '=', account_id)
    .where('sign_in_connection_id', '=', id)
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return link?.user_id;
}

async function findByRule(
  db: Sql,
  connection: UsedConnection,
  identity: Identity,
): Promise<string | undefined> {
  if (connection.link_rule === 'EXTERNAL_ID') return findByExternalId(db, connection, identity.externalId);
  if (connection.link_rule !== 'VERIFIED_EMAIL') return undefined;
  const email = await provenEmailOf(db, connection, identity);
  return email === undefined ? undefined : findByUserName(db, connection.account_id, email);
}

export async function findByExternalId(
  db: Sql,
  { account_id, connection_id }: UsedConnection,
  externalId: string | null,
): Promise<string | undefined> {
  if (externalId === null) return undefined;
  const found = await db
    .selectFrom('user_external_ids')
    .select('user_id')
    .where('account_id', '=', account_id)
    .where('connection_id', '=', connection_id)
    .where('external_id', '=', externalId)
    .limit(2)
    .execute();
  return found.length === 1 ? found[0]?.user_id : undefined;
}

/** Whose userName is the address; another mailbox may fold to the same, and be somebody else's. */
export async function findByUserName(db: Sql, accountId: string, email: string): Promise<string | undefined> {
  const found = await findNamesake(db, accountId, email);
  return found !== undefined && mailbox(found.user_name) === mailbox(email) ? found.id : undefined;
}

/** Who has the userName, as userNames are told apart. Also who has left: creating them anew would bring them back. */
export const findNamesake = (
  db: Sql,
  accountId: string,
  userName: string,
): Promise<{ id: string; user_name: string } | undefined> =>
  db
    .selectFrom('users as u')
    .select(['u.id', 'u.user_name'])
    .where('u.account_id', '=', accountId)
    .where((u) => u(u.fn('fold', ['u.user_name']), '=', sql`fold(${userName}::text)`))
    .executeTakeFirst();

/** The address that the provider has verified, if its domain is one that the account has proven and the connection vouches for. */
export async function provenEmailOf(
  db: Sql,
  connection: UsedConnection,
  { verifiedEmail }: Identity,
): Promise<string | undefined> {
  const domain = verifiedEmail === undefined ? undefined : domainOfEmail(verifiedEmail);
  return domain !== undefined && (await vouchesFor(db, connection, domain))
    ? verifiedEmail?.trim()
    : undefined;
}
