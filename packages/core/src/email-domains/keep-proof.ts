import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { type PlannedEvent, recordEvent } from '../events/record-events.ts';
import type { Authorship, EventTypeName } from '../model/event.ts';
import {
  type EmailDomainRecord,
  type EmailDomainStatusName,
  emailDomainColumns,
  LOST_AFTER_DAYS,
  lostAt,
  statusOf,
} from './email-domain-record.ts';

/** How often the DNS is asked for what proved a domain. */
const AGAIN_AFTER = sql.lit('1 day');
const LOST_AFTER = sql.lit(`${LOST_AFTER_DAYS} days`);

/**
 * Writes what the DNS said of a domain that is proven, and what follows from it: a record that is missing is told, and after
 * a week the domain is no longer proven. Undefined where the domain is not proven, or gone.
 */
export async function keepProof(
  db: Sql,
  authorship: Authorship,
  { id, isThere }: { readonly id: string; readonly isThere: boolean },
): Promise<EmailDomainRecord | undefined> {
  const before = await db
    .selectFrom('email_domains')
    .select(emailDomainColumns)
    .where('account_id', '=', authorship.accountId)
    .where('id', '=', id)
    .where('verified_at', 'is not', null)
    .forUpdate()
    .executeTakeFirst();
  if (before === undefined) return undefined;
  const { rows } = await (isThere ? found : missing)(authorship.accountId, id).execute(db);
  const [after] = rows;
  if (after === undefined) return undefined;
  const event = eventOf(statusOf(before), after);
  if (event !== undefined) await recordEvent(authorship, event).execute(db);
  return after;
}

const returned = sql.join(emailDomainColumns.map((column) => sql.ref(column)));

const found = (accountId: string, id: string): RawBuilder<EmailDomainRecord> => sql`
  UPDATE email_domains SET checked_at = now(), check_at = now() + interval ${AGAIN_AFTER}, missing_since = NULL
  WHERE account_id = ${accountId}::uuid AND id = ${id}::uuid RETURNING ${returned}`;

const missing = (accountId: string, id: string): RawBuilder<EmailDomainRecord> => sql`
  UPDATE email_domains SET checked_at = now(), check_at = now() + interval ${AGAIN_AFTER},
    missing_since = coalesce(missing_since, now()),
    verified_at = CASE WHEN missing_since <= now() - interval ${LOST_AFTER} THEN NULL ELSE verified_at END
  WHERE account_id = ${accountId}::uuid AND id = ${id}::uuid RETURNING ${returned}`;

const told: Readonly<Record<EmailDomainStatusName, EventTypeName | undefined>> = {
  PENDING: undefined,
  PROVEN: 'DOMAIN_PROOF_FOUND',
  MISSING: 'DOMAIN_PROOF_MISSING',
  LOST: 'DOMAIN_PROOF_LOST',
};

/** What is told where the domain is another than before. */
function eventOf(before: EmailDomainStatusName, domain: EmailDomainRecord): PlannedEvent | undefined {
  const status = statusOf(domain);
  const type = status === before ? undefined : told[status];
  if (type === undefined) return undefined;
  const end = lostAt(domain);
  return {
    type,
    subject: domainSubject(domain),
    changes: end === null ? [] : [{ field: 'steersUntil', before: null, after: end }],
  };
}

/** A domain as events name it. */
export const domainSubject = ({ id, name }: { readonly id: string; readonly name: string }) =>
  ({ type: 'EMAIL_DOMAIN', id, label: name }) as const;
