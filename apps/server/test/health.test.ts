import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange } from './clients/http-exchange.ts';
import { openServerWorld, type ServerWorld } from './world.ts';

let server: ServerWorld;
beforeAll(async () => {
  server = await openServerWorld();
});
afterAll(() => server.close());

const get = (path: string) => exchange(server.origin, { method: 'GET', path });

describe('for those who run it', () => {
  test('/healthz says that the process is alive, /readyz that it can serve', async () => {
    expect([(await get('/healthz')).status, (await get('/readyz')).status]).toEqual([200, 200]);
  });

  test('/readyz can serve while requests hold every connection of theirs', async () => {
    const { pool } = server.core.database;
    const held = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
    const answer = await get('/readyz');
    for (const connection of held) connection.release();
    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { status: 'ready' }]);
  });

  test('/readyz is 503 while the database takes no writes', async () => {
    const operator = await server.core.database.pool.connect();
    const setReadOnly = async (value: 'on' | 'off') => {
      const { rows } = await operator.query('SELECT quote_ident(current_database()) AS name');
      await operator.query(`ALTER DATABASE ${rows[0].name} SET default_transaction_read_only = ${value}`);
      await operator.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
    };
    await setReadOnly('on');
    await expect
      .poll(async () => JSON.parse((await get('/readyz')).text))
      .toEqual({ status: 'the database takes no writes' });
    expect((await get('/readyz')).status).toBe(503);
    await setReadOnly('off');
    operator.release();
    await expect.poll(async () => (await get('/readyz')).status).toBe(200);
  });

  test('/readyz is 503, with what to do, once a newer version has upgraded the database', async () => {
    const { pool } = server.core.database;
    await pool.query(`INSERT INTO migrations (name, executed_at) VALUES ('9999-of-a-newer-version', now())`);
    const answer = await get('/readyz');
    await pool.query(`DELETE FROM migrations WHERE name = '9999-of-a-newer-version'`);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      503,
      {
        status: 'the database was upgraded by a newer Rollcall; restart this process with the same version',
      },
    ]);
    expect((await get('/readyz')).status).toBe(200);
  });

  test('/metrics counts requests by route, and never by address', async () => {
    const { scim } = await server.company();
    await scim.send({ path: '/Users/nobody-in-particular' });
    const { status, text, headers } = await get('/metrics');
    expect([status, headers['content-type']]).toEqual([200, expect.stringContaining('text/plain')]);
    expect(text).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="[^"]*\/Users\/:id",status="404"\} 1/,
    );
    expect(text).toContain('process_cpu_seconds_total');
    expect(text).not.toContain('nobody-in-particular');
  });

  test('what is not there is told in JSON, with what there is', async () => {
    const { status, text, headers } = await get('/nothing');
    expect([status, JSON.parse(text)]).toEqual([
      404,
      {
        error: {
          code: 'NOT_FOUND',
          message: expect.stringContaining('/scim/v2'),
          requestId: headers['x-request-id'],
        },
      },
    ]);
  });
});
