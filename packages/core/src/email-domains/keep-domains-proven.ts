import { type RawBuilder, sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import type { Notifications } from '../database/notifications.ts';
import { committedWork } from '../database/work.ts';
import type { EventFeed } from '../events/event-feed.ts';
import { keepLooking } from '../jobs/keep-looking.ts';
import type { Authorship } from '../model/event.ts';
import { keepProof } from './keep-proof.ts';
import { type ResolveTxt, txtNameOf, txtValueOf } from './txt-records.ts';

export interface DomainKeeping {
  readonly database: Database;
  readonly notifications: Notifications;
  readonly feed: EventFeed;
  readonly resolveTxt: ResolveTxt;
  readonly log: Logger;
}

/** How soon it is looked whether a domain is due. */
const LOOK_AGAIN_MS = 10 * 60 * 1000;
/** When a domain is asked for again whose DNS did not answer; until then it belongs to the process that asks. */
const OURS_FOR = sql.lit('1 hour');
const AT_ONCE = 20;

interface DueDomain {
  readonly account_id: string;
  readonly id: string;
  readonly name: string;
  readonly challenge: string;
}

/** Asks the DNS once a day whether domains are still proven, each in one process. The function that is answered ends it. */
export const keepDomainsProven = (keeping: DomainKeeping): (() => Promise<void>) =>
  keepLooking({
    notifications: keeping.notifications,
    doNext: () => checkDueDomains(keeping),
    restMs: LOOK_AGAIN_MS,
    failed: 'The domains to check could not be read.',
    log: keeping.log,
  });

/** Checks the next domains that are due, and answers how many there were. */
export async function checkDueDomains(keeping: Omit<DomainKeeping, 'notifications'>): Promise<number> {
  const { rows } = await takeDue.execute(keeping.database.sql);
  await Promise.all(rows.map((domain) => check(domain, keeping)));
  return rows.length;
}

const takeDue: RawBuilder<DueDomain> = sql`
  UPDATE email_domains d SET check_at = now() + interval ${OURS_FOR}
  FROM (SELECT account_id, id FROM email_domains WHERE verified_at IS NOT NULL AND check_at <= now()
    ORDER BY check_at LIMIT ${sql.lit(AT_ONCE)} FOR UPDATE SKIP LOCKED) due
  WHERE d.account_id = due.account_id AND d.id = due.id
  RETURNING d.account_id, d.id, d.name, d.challenge`;

async function check(
  { account_id: accountId, id, name, challenge }: DueDomain,
  { database, feed, resolveTxt, log }: Omit<DomainKeeping, 'notifications'>,
): Promise<void> {
  try {
    // A resolver that fails says nothing of the record.
    const isThere = (await resolveTxt(txtNameOf(name))).includes(txtValueOf(challenge));
    const authorship: Authorship = { accountId, actor: KEEPER, connectionId: null, requestId: id };
    await committedWork(database).transaction(({ sql: db }) => keepProof(db, authorship, { id, isThere }));
    feed.announce(accountId);
  } catch (error) {
    log.warn({ err: error, accountId, domain: name }, 'A domain could not be checked; it is tried again.');
  }
}

const KEEPER = { kind: 'SYSTEM', id: null, name: 'Domains' } as const;
