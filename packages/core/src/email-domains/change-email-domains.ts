import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { assertHasAll, effectivePermissions } from '../authorization/effective-permissions.ts';
import { accountPermissions } from '../authorization/permissions.ts';
import type { SignedInViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { DomainError, invalidInput, notFound } from '../errors/domain-error.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship } from '../model/event.ts';
import { isUuid, newId } from '../text/uuid.ts';
import { checkDomain } from './domain-name.ts';
import { type EmailDomainRecord, emailDomainColumns } from './email-domain-record.ts';
import { domainSubject, keepProof } from './keep-proof.ts';
import { type ResolveTxt, txtNameOf, txtValueOf } from './txt-records.ts';

/** Adds a domain that is to be proven. @throws DomainError INVALID_INPUT, ALREADY_EXISTS */
export function addDomain(work: Work, authorship: Authorship, text: string): Promise<EmailDomainRecord> {
  const name = checkDomain(text);
  return work.transaction(async ({ sql: db }) => {
    const { accountId } = authorship;
    const id = newId();
    const challenge = randomBytes(20).toString('hex');
    const domain = await db
      .insertInto('email_domains')
      .values({ account_id: accountId, id, name, challenge, verified_at: null })
      .returning(emailDomainColumns)
      .executeTakeFirstOrThrow();
    await recordEvent(authorship, { type: 'DOMAIN_ADDED', subject: domainSubject({ id, name }) }).execute(db);
    return domain;
  });
}

interface DomainProof {
  readonly id: string;
  readonly viewer: SignedInViewer;
  readonly resolveTxt: ResolveTxt;
}

/** A domain, and the texts that the DNS has where its record belongs. */
export interface CheckedDomain {
  readonly domain: EmailDomainRecord;
  readonly found: readonly string[];
}

/**
 * Looks for the record that proves a domain. One that was proven and has lost its record stays so for a week.
 *
 * @throws DomainError NOT_FOUND, INVALID_INPUT, UNAVAILABLE, FORBIDDEN
 */
export async function verifyDomain(
  work: Work,
  authorship: Authorship,
  { id, viewer, resolveTxt }: DomainProof,
): Promise<CheckedDomain> {
  const { accountId } = authorship;
  const glanced = required(await glanceAtDomain(work.db, accountId, id), id);
  const [name, value] = [txtNameOf(glanced.name), txtValueOf(glanced.challenge)];
  const found = await textsAt(name, resolveTxt);
  const isThere = found.includes(value);
  const domain = await work.transaction(async (scope) => {
    if (glanced.verified_at !== null) {
      const kept = await keepProof(scope.sql, authorship, { id: glanced.id, isThere });
      return kept ?? required(await glanceAtDomain(scope.sql, accountId, id), id);
    }
    if (!isThere)
      throw invalidInput(
        'id',
        `is not proven: the TXT record ${name} does not say ${value}. ${foundInWords(found)} Add it at your DNS provider, and try again once it is seen, which takes up to an hour.`,
      );
    return prove(scope, authorship, { domain: glanced, viewer });
  });
  return { domain, found: found.slice(0, MAX_SHOWN).map(shortened) };
}

/** Of one name there are few. */
const MAX_SHOWN = 20;
const MAX_SHOWN_LENGTH = 255;
const shortened = (text: string): string => text.slice(0, MAX_SHOWN_LENGTH).toWellFormed();

const foundInWords = (found: readonly string[]): string =>
  found.length === 0
    ? 'There is no TXT record there.'
    : `There is ${found
        .slice(0, 3)
        .map((text) => JSON.stringify(shortened(text)))
        .join(', ')}.`;

async function prove(
  scope: TransactionScope,
  authorship: Authorship,
  { domain, viewer }: { readonly domain: EmailDomainRecord; readonly viewer: SignedInViewer },
): Promise<EmailDomainRecord> {
  const { accountId } = authorship;
  const { sql: db } = scope;
  await assertMayProve(scope, accountId, viewer);
  const proven = await db
    .updateTable('email_domains')
    .set({
      verified_at: sql`now()`,
      checked_at: sql`now()`,
      check_at: sql`now() + interval '1 day'`,
      missing_since: null,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', domain.id)
    .where('verified_at', 'is', null)
    .returning(emailDomainColumns)
    .executeTakeFirst();
  // Somebody else proved it meanwhile, or removed it.
  if (proven === undefined) return required(await glanceAtDomain(db, accountId, domain.id), domain.id);
  await recordEvent(authorship, { type: 'DOMAIN_VERIFIED', subject: domainSubject(domain) }).execute(db);
  return proven;
}

/**
 * Whoever has mail at a proven domain is let in by a provider that vouches for their address, as anybody whose userName that
 * is; until there is such a provider, one that creates people may still come.
 */
async function assertMayProve(
  scope: TransactionScope,
  accountId: string,
  viewer: SignedInViewer,
): Promise<void> {
  const { own } = await hold(scope, accountId, { viewer });
  const letsIn = await scope.sql
    .selectFrom('sign_in_connections')
    .select('id')
    .where('account_id', '=', accountId)
    .where('link_rule', '=', 'VERIFIED_EMAIL')
    .limit(1)
    .executeTakeFirst();
  const needed = letsIn ? accountPermissions : await effectivePermissions(scope.sql, accountId, null);
  assertHasAll(own, needed, {
    field: 'id',
    act: 'prove a domain: whoever has an address of it can be let in',
  });
}

/** Removes a domain; nobody is found by it any more. @throws DomainError NOT_FOUND */
export function removeDomain(work: Work, authorship: Authorship, id: string): Promise<string> {
  if (!isUuid(id)) throw notFound('domain', id);
  return work.transaction(async ({ sql: db }) => {
    const removed = await db
      .deleteFrom('email_domains')
      .where('account_id', '=', authorship.accountId)
      .where('id', '=', id)
      .returning(['id', 'name'])
      .executeTakeFirst();
    const domain = required(removed, id);
    await recordEvent(authorship, { type: 'DOMAIN_REMOVED', subject: domainSubject(domain) }).execute(db);
    return domain.id;
  });
}

/** What has to be proven never changes; whether it still has to be is decided by the statement that says it is. */
async function glanceAtDomain(
  db: Sql,
  accountId: string,
  id: string,
): Promise<EmailDomainRecord | undefined> {
  if (!isUuid(id)) return undefined;
  return db
    .selectFrom('email_domains')
    .select(emailDomainColumns)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
}

async function textsAt(name: string, resolveTxt: ResolveTxt): Promise<string[]> {
  try {
    return await resolveTxt(name);
  } catch {
    throw new DomainError('UNAVAILABLE', `The DNS does not answer for ${name}. Try again in a few minutes.`, {
      retryAfter: 60,
    });
  }
}

function required<Found>(found: Found | undefined, id: string): Found {
  if (found === undefined) throw notFound('domain', id);
  return found;
}
