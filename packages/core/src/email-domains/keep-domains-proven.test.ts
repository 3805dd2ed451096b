import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { addDomain, eventsAbout, run, verifyDomain } from '../testing/directory.ts';
import { withClient } from '../testing/tables.ts';
import { txtRecords } from '../testing/txt-records.ts';
import { useSharedAccount, useWorld } from '../testing/world.ts';
import { checkDueDomains, type DomainKeeping } from './keep-domains-proven.ts';

const world = useWorld();
const account = useSharedAccount(world);

interface DomainData {
  readonly id: string;
  readonly txtName: string;
  readonly txtValue: string;
}

let domain: DomainData;
beforeAll(async () => {
  ({ domain } = await run<{ domain: DomainData }>(account.admin, addDomain, { name: 'kept.example' }));
  txtRecords.set(domain.txtName, [domain.txtValue]);
  await run(account.admin, verifyDomain, { id: domain.id });
});

const keeping = (resolveTxt: DomainKeeping['resolveTxt']): Omit<DomainKeeping, 'notifications'> => ({
  database: world.core.database,
  feed: { announce: () => undefined } as unknown as DomainKeeping['feed'],
  resolveTxt,
  log: pino({ level: 'silent' }),
});

const passDays = (days: number) =>
  withClient(world.databaseUrl, (client) =>
    client.query(
      `UPDATE email_domains SET check_at = check_at - $2::int * interval '1 day',
         missing_since = missing_since - $2::int * interval '1 day' WHERE id = $1`,
      [domain.id, days],
    ),
  );

/** What a check after so many days leaves the domain at, and the events that it told. */
async function checked(days: number, resolveTxt: DomainKeeping['resolveTxt']) {
  const before = (await eventsAbout(account.admin, domain.id)).length;
  await passDays(days);
  await checkDueDomains(keeping(resolveTxt));
  const { emailDomains } = await account.admin.query<{
    emailDomains: { status: string; lostAt: string | null }[];
  }>('{ emailDomains { status lostAt } }');
  const events = (await eventsAbout(account.admin, domain.id)).map(({ type }) => type);
  const [{ status, lostAt } = { status: 'GONE', lostAt: null }] = emailDomains;
  return { status, willBeLost: lostAt !== null, told: events.length - before };
}

const there = async () => ['v=spf1 -all', domain.txtValue];
const gone = async () => [];
const unanswered = () => Promise.reject(new Error('ESERVFAIL'));
const proven = { status: 'PROVEN', willBeLost: false };
const missing = { status: 'MISSING', willBeLost: true };

test('a domain is lost after a week without its record, and not by a resolver that fails', async () => {
  expect(await checked(0, gone), 'not due yet').toEqual({ ...proven, told: 0 });
  expect(await checked(2, there)).toEqual({ ...proven, told: 0 });
  expect(await checked(2, unanswered)).toEqual({ ...proven, told: 0 });
  expect(await checked(2, gone)).toEqual({ ...missing, told: 1 });
  expect(await checked(2, gone)).toEqual({ ...missing, told: 0 });
  expect(await checked(2, there)).toEqual({ ...proven, told: 1 });
  expect(await checked(2, gone)).toEqual({ ...missing, told: 1 });
  expect(await checked(8, unanswered)).toEqual({ ...missing, told: 0 });
  expect(await checked(2, gone)).toEqual({ status: 'LOST', willBeLost: false, told: 1 });
  expect(await checked(2, there), 'nobody asks any more').toEqual({
    status: 'LOST',
    willBeLost: false,
    told: 0,
  });
  const types = (await eventsAbout(account.admin, domain.id)).map(({ type }) => type);
  expect(types).toContain('DOMAIN_PROOF_LOST');
});

test('what was lost is proven again by the same record, and told as it is when it is asked for by hand', async () => {
  const check = () => run<{ domain: { status: string } }>(account.admin, verifyDomain, { id: domain.id });
  expect((await check()).domain.status).toBe('PROVEN');
  txtRecords.delete(domain.txtName);
  expect((await check()).domain.status).toBe('MISSING');
});

test('each domain is checked by one process', async () => {
  await passDays(2);
  const counts = await Promise.all([1, 2, 3].map(() => checkDueDomains(keeping(gone))));
  expect(counts.toSorted()).toEqual([0, 0, 1]);
});
