import type { Sql } from '../database/database.ts';
import { domainOfEmail } from '../email-domains/domain-name.ts';
import { vouchesFor } from '../email-domains/find-email-domains.ts';
import { findByExternalId, findByUserName, findLinkedPerson } from '../single-sign-on/find-linked-person.ts';
import type { UsedConnection } from '../single-sign-on/find-used-connection.ts';
import type { SignalSubject } from './signal-subject.ts';

/**
 * The person whom a transmitter means: the one who is linked to a subject of the sign-in connection, or whose userName is an
 * address of a domain that the connection vouches for and the account has proven. An id of the connection's issuer is also an external id, where the
 * connection links people by those: who has not signed in by it yet may have by a password.
 */
export async function findSignalledPerson(
  db: Sql,
  connection: UsedConnection,
  named: SignalSubject,
): Promise<string | undefined> {
  if (named.format === 'email') return findByEmail(db, connection, named.email);
  const [issuer, subject] =
    named.format === 'iss_sub' ? [named.iss, named.sub] : [connection.issuer, named.id];
  const linked = await findLinkedPerson(db, connection, { issuer, subject });
  if (linked !== undefined || issuer !== connection.issuer || connection.link_rule !== 'EXTERNAL_ID')
    return linked;
  // Entra's subjects are no ids of its directory, but its opaque ones are.
  if (connection.preset === 'ENTRA' && named.format === 'iss_sub') return undefined;
  return findByExternalId(db, connection, subject);
}

async function findByEmail(db: Sql, connection: UsedConnection, email: string): Promise<string | undefined> {
  const domain = domainOfEmail(email);
  if (domain === undefined || !(await vouchesFor(db, connection, domain))) return undefined;
  return findByUserName(db, connection.account_id, email.trim());
}
