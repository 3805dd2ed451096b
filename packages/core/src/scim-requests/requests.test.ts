import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { plansOf } from '../testing/explaining.ts';
import { answeredRequest } from '../testing/recorded-requests.ts';
import { useAccount, useWorld } from '../testing/world.ts';
import { newId } from '../text/uuid.ts';
import type { AnsweredRequest } from './answered-request.ts';
import { dayOf, firstIdAt } from './days.ts';
import { eventsOfRequests, findRequest, listRequests, type RequestFilter } from './find-requests.ts';
import { forgetRequests } from './keep-requests.ts';
import { openRecorder } from './recorder.ts';
import { type RequestRow, rowOf } from './request-row.ts';
import { requestWriter } from './write-requests.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const world = useWorld();
const account = useAccount(world);

const answered = (more: Partial<AnsweredRequest> = {}) => answeredRequest(account.id, more);
const at = (instant: Date): string => firstIdAt(instant).slice(0, 14) + newId().slice(14);
const ago = (days: number): Date => new Date(Date.now() - days * DAY_MS);
const sql = () => world.core.database.sql;
const write = (rows: readonly RequestRow[]) => requestWriter(sql())(rows);
const idsFor = async (filter: RequestFilter = {}) =>
  (await listRequests(sql(), account.id, filter, { first: 50 })).rows.map(({ id }) => id);

test('what is written again is there once, also when the answer of the first time was lost', async () => {
  const rows = [answered(), answered()].map(rowOf);
  await write(rows);
  await write([...rows, rowOf(answered())]);
  expect(await idsFor()).toHaveLength(3);
});

test('a body with characters that PostgreSQL can not keep is kept without them, and a long one is cut', async () => {
  const body = { title: 'a\0b\ud800', long: 'x'.repeat(20_000) };
  const request = answered({
    body,
    bodySize: 20_100,
    url: `/scim/v2/Users/${'y'.repeat(5000)}`,
    userAgent: 'a\0',
  });
  await write([rowOf(request)]);
  const found = await findRequest(sql(), account.id, request.id);
  expect(found?.request_body).toHaveLength(16_384);
  expect(found?.path).toHaveLength(2048);
  expect(found).toMatchObject({ request_size: 20_100, user_agent: 'a', duration_ms: 1 });
});

test('of a body that is too large to look through only the size is kept', async () => {
  const request = answered({ body: { password: 'x' }, bodySize: 300_000, answer: 'x'.repeat(300_000) });
  expect(rowOf(request)).toMatchObject({
    requestBody: null,
    requestSize: 300_000,
    responseBody: null,
    responseSize: 300_000,
  });
});

test.each([
  [
    '/scim/v2/Users?filter=userName%20eq%20%22Ann%22',
    { resourceType: 'User', resourceId: null, resourceName: 'Ann' },
  ],
  ['/scim/v2/Bulk', { resourceType: null, resourceId: null, resourceName: null }],
  ['/scim/v2/Schemas', { resourceType: null, resourceId: null, resourceName: null }],
  [
    '/scim/v2/groups/01a22d80-2ad4-7000-a200-abc77c12b699',
    { resourceType: 'Group', resourceId: '01a22d80-2ad4-7000-a200-abc77c12b699', resourceName: null },
  ],
])('%s says whom it is about', (url, subject) => {
  expect(rowOf(answered({ url }))).toMatchObject(subject);
});

test('requests are found by the time at which they came, whatever the day', async () => {
  const [old, recent] = [at(ago(3)), at(ago(1))];
  await write([old, recent].map((id) => rowOf(answered({ id }))));
  expect(await idsFor()).toEqual([recent, old]);
  expect(await idsFor({ receivedAfter: ago(2) })).toEqual([recent]);
  expect(await idsFor({ receivedBefore: ago(2) })).toEqual([old]);
});

test('requests go when their account keeps them no longer, and days with them once nobody does', async () => {
  const keeper = await world.account();
  const pool = world.core.database.pool;
  await pool.query('UPDATE accounts SET request_days = 2 WHERE id = $1', [account.id]);
  await pool.query('UPDATE accounts SET request_days = 9 WHERE id = $1', [keeper.id]);
  const ids = { gone: at(ago(3)), kept: at(ago(1)), theirs: at(ago(8)), ancient: at(ago(20)) };
  await write([ids.gone, ids.kept].map((id) => rowOf(answered({ id }))));
  await write([ids.theirs, ids.ancient].map((id) => rowOf(answered({ id, accountId: keeper.id }))));
  while ((await forgetRequests(sql(), new Date())) > 0);
  expect(await idsFor()).toEqual([ids.kept]);
  expect(await findRequest(sql(), keeper.id, ids.theirs)).toBeDefined();
  expect(await findRequest(sql(), keeper.id, ids.ancient)).toBeUndefined();
  const { rows } = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relname ~ '^scim_requests_\\d+$' ORDER BY relname`,
  );
  const name = (days: number) => `scim_requests_${ago(days).toISOString().slice(0, 10).replaceAll('-', '')}`;
  const names = rows.map((row) => row.name);
  expect(names).toEqual(expect.arrayContaining([name(8), name(0), name(-1), name(-2)]));
  expect(names).not.toContain(name(20));
  // What comes late for a day that is gone makes it anew.
  await write([rowOf(answered({ id: at(ago(20)) }))]);
  expect(await idsFor()).toHaveLength(2);
});

test('each way to look for requests has an index', async () => {
  await write([rowOf(answered())]);
  const day = `scim_requests_${new Date().toISOString().slice(0, 10).replaceAll('-', '')}`;
  await world.core.database.pool.query(
    `INSERT INTO ${day} (account_id, id, request_id, received_at, connection_id, method, path, resource_id, status,
       detail, duration_ms, request_size, response_size, address)
     SELECT CASE WHEN n % 10 = 0 THEN $1::uuid ELSE gen_random_uuid() END, overlay($2 PLACING lpad(to_hex(n), 12, '0') FROM 25)::uuid,
       'request-' || n, now(), gen_random_uuid(), 'GET', '/scim/v2/Users/' || md5(n::text), gen_random_uuid(),
       CASE WHEN n % 50 = 0 THEN 409 ELSE 200 END, 'detail ' || md5(n::text || 'd'), 1, 0, 0, '127.0.0.1'
     FROM generate_series(1, 20000) n`,
    [account.id, firstIdAt(new Date())],
  );
  await world.core.database.pool.query(`ANALYZE ${day}`);
  const plan = async (filter: RequestFilter) =>
    (await plansOf(sql(), (db) => listRequests(db, account.id, filter, { first: 50 }))).join('\n');
  const indexes: [RequestFilter, RegExp][] = [
    [{}, /Index (?:Only )?Scan[^\n]*_pkey/],
    [{ receivedBefore: new Date() }, /Index (?:Only )?Scan[^\n]*_pkey/],
    [{ requestId: 'request-7' }, /_request_id_idx/],
    [{ about: crypto.randomUUID() }, /_resource_id_id_idx/],
    [{ connectionId: crypto.randomUUID() }, /_connection_id_id_idx/],
    [{ statusClass: 'CLIENT_ERROR' }, /_expr_id_idx/],
    [{ text: 'nothing has this' }, /_fold_idx/],
  ];
  for (const [filter, index] of indexes) {
    const shown = await plan(filter);
    expect(shown, JSON.stringify(filter)).toMatch(index);
    expect(shown, JSON.stringify(filter)).not.toMatch(/Seq Scan/);
  }
});

test('what a request caused is read from the stretch of the log in which it came', async () => {
  await world.core.database.pool.query(
    `INSERT INTO events (account_id, type, occurred_at, subject_type, subject_id, subject_label, actor_kind, actor_name, request_id)
     SELECT $1, 'USER_UPDATED', now() - (100000 - n) * interval '1 second', 'USER', gen_random_uuid(), 'x', 'SYSTEM', 'x', 'request-' || n
     FROM generate_series(1, 100000) n`,
    [account.id],
  );
  await world.core.database.pool.query('VACUUM ANALYZE events');
  const plan = (await plansOf(sql(), (db) => eventsOfRequests(db, account.id, [newId()]))).join('\n');
  expect(plan).toMatch(/events__occurred_at/);
});

test('what fails to be written is tried again, and what there is no room for is counted', async () => {
  const written: string[] = [];
  const told: unknown[] = [];
  const log = pino({ level: 'warn' }, { write: (line) => void told.push(JSON.parse(line)) });
  let away = true;
  const recorder = openRecorder({
    async write(rows) {
      if (away) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      written.push(...rows.map(({ id }) => id));
    },
    log,
    maxWaiting: 3,
  });
  const requests = Array.from({ length: 5 }, () => answered());
  for (const request of requests) recorder.record(request);
  await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: 20_000 });
  away = false;
  await recorder.flush();
  expect(written).toEqual(requests.slice(0, 3).map(({ id }) => id));
  expect(told[1]).toMatchObject({ requests: 2 });
  await recorder.close();
});

test('a batch that the database refuses does not hold up the next ones', async () => {
  const poison = answered();
  const recorder = openRecorder({
    async write(rows) {
      if (rows.some(({ id }) => id === poison.id)) throw new Error('refused');
      await write(rows);
    },
    log: pino({ level: 'silent' }),
  });
  recorder.record(poison);
  await recorder.flush();
  const next = answered();
  recorder.record(next);
  await recorder.flush();
  await recorder.close();
  expect(await idsFor()).toEqual([next.id]);
});

test('whatever waits is written at the end', async () => {
  const recorder = openRecorder({ write, log: pino({ level: 'silent' }) });
  const last = answered();
  recorder.record(last);
  await recorder.close();
  expect(await idsFor()).toEqual([last.id]);
});

test('a day is that of UTC, and its ids follow each other', () => {
  const midnight = new Date('2026-03-02T00:00:00Z');
  expect(dayOf(midnight) - dayOf(new Date(midnight.getTime() - 1))).toBe(1);
  expect(firstIdAt(new Date(midnight.getTime() - 1)) < firstIdAt(midnight)).toBe(true);
});
