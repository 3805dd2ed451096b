import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { FetchRefused, type FetchRule } from './fetch-refused.ts';
import { createGuardedFetch, type GuardedFetch, type GuardedFetchOptions } from './guarded-fetch.ts';
import { kindUnlessPublic } from './public-address.ts';

const running: (Server | GuardedFetch)[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) {
    if ('closeAllConnections' in each) each.closeAllConnections();
    await each.close();
  }
});

/** A real server on this machine, and how many connections it got. */
async function listening(listener: RequestListener) {
  const server = createServer(listener);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
  running.push(server);
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://localhost:${port}`, connections: () => connections };
}

function guarded(options: GuardedFetchOptions = {}): GuardedFetch {
  const fetch = createGuardedFetch(options);
  running.push(fetch);
  return fetch;
}

const local = (options: GuardedFetchOptions = {}) =>
  guarded({ allowedPrivateHosts: ['localhost'], ...options });

async function refusal(answer: Promise<unknown>): Promise<FetchRefused> {
  const error = await answer.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (error instanceof FetchRefused) return error;
  throw new Error(`It was not refused: ${String(error)}`);
}

const refusedBy = async (answer: Promise<unknown>): Promise<FetchRule> => (await refusal(answer)).rule;

describe('an address', () => {
  test.each([
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'data:text/plain,hello',
    'example.com',
    '',
    'https://user:secret@example.com/',
  ])('%s is refused before anything is asked', async (url) => {
    const { rule, message } = await refusal(guarded()(url));
    expect(rule).toBe(url.startsWith('http:') ? 'HTTPS' : 'URL');
    expect(message).toMatch(/Enter .*https/);
  });

  test.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    '100.100.100.200',
    '192.0.0.192',
    '168.63.129.16',
    '161.26.0.10',
    '166.9.1.1',
    '[::ffff:a83f:8110]',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '240.0.0.1',
    '[::1]',
    '[::]',
    '[fe80::1]',
    '[fc00::1]',
    '[fec0::1]',
    '[ff02::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:a00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::a00:1]',
    '[2002:7f00:1::]',
    '[2001::1]',
    '[2001:db8::1]',
    '[100::1]',
  ])('https://%s is refused as not public, with the way out', async (host) => {
    const { rule, message } = await refusal(guarded()(`https://${host}/`));
    expect(rule).toBe('PUBLIC_ADDRESS');
    expect(message).toContain('ALLOWED_PRIVATE_HOSTS');
  });

  test.each([
    '1.1.1.1',
    '168.63.129.17',
    '166.12.0.1',
    '93.184.216.34',
    '2606:4700:4700::1111',
    '::ffff:1.1.1.1',
  ])('%s is public', (address) => {
    expect(kindUnlessPublic(address)).toBeUndefined();
  });
});

describe('a name', () => {
  const answers =
    (...addresses: readonly string[]) =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  test.each([[['127.0.0.1']], [['::ffff:127.0.0.1']], [['1.1.1.1', '10.0.0.1']], [['64:ff9b::a00:1']]])(
    'that resolves to %j is refused',
    async (addresses) => {
      const fetch = guarded({ resolve: answers(...addresses) });
      expect(await refusedBy(fetch('https://login.example.com/'))).toBe('PUBLIC_ADDRESS');
    },
  );

  test('of this machine is refused without the allowance, and no connection is made', async () => {
    const { port, connections } = await listening((_request, response) => response.end('secret'));
    expect(await refusedBy(guarded()(`https://localhost:${port}/`))).toBe('PUBLIC_ADDRESS');
    expect(connections()).toBe(0);
  });

  test('that resolves to this machine the second time is refused then: what is looked up is what is connected to', async () => {
    const { port, connections } = await listening((_request, response) => response.end('secret'));
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? '1.1.1.1' : '127.0.0.1', family: 4 }];
    };
    const fetch = guarded({ resolve, maxMs: 500 });
    expect(await refusedBy(fetch(`https://login.example.com:${port}/`))).toMatch(/^(TIME|REACHABLE)$/);
    expect(asked).toBe(1);
    expect(await refusedBy(fetch(`https://login.example.com:${port}/`))).toBe('PUBLIC_ADDRESS');
    expect(asked).toBe(2);
    expect(connections()).toBe(0);
  });

  test('that nobody has can not be reached', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    const { rule, message } = await refusal(guarded({ resolve })('https://nobody.example.com/'));
    expect(rule).toBe('REACHABLE');
    expect(message).toContain('ENOTFOUND');
  });
});

describe('an answer', () => {
  test('of an allowed host comes with status, headers and body', async () => {
    const { url } = await listening((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        response.writeHead(201, { 'content-type': 'text/plain', 'x-method': request.method });
        response.end(Buffer.concat(parts));
      });
    });
    const answer = await local()(`${url}/hook`, { method: 'POST', body: 'hello', headers: { 'x-a': 'b' } });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-method')).toBe('POST');
    expect(await answer.text()).toBe('hello');
  });

  test.each([301, 302, 303, 307, 308])('with status %i is not followed', async (status) => {
    const inside = await listening((_request, response) => response.end('secret'));
    const { url } = await listening((_request, response) =>
      response.writeHead(status, { location: `${inside.url}/latest/meta-data` }).end(),
    );
    const { rule, message } = await refusal(local()(url));
    expect(rule).toBe('NO_REDIRECT');
    expect(message).toContain('meta-data');
    expect(inside.connections()).toBe(0);
  });

  test.each(['with its length', 'in chunks'])('that is too long %s is not read to its end', async (way) => {
    const { url } = await listening((_request, response) => {
      if (way === 'with its length') response.setHeader('content-length', 5000);
      for (let at = 0; at < 50; at += 1) response.write('x'.repeat(100));
      response.end();
    });
    expect(await refusedBy(local({ maxBytes: 1000 })(url))).toBe('SIZE');
    expect((await local({ maxBytes: 5000 })(url)).status).toBe(200);
  });

  test.each(['begins', 'ends'])('that never %s is waited for so long', async (what) => {
    const { url } = await listening((_request, response) => {
      if (what === 'ends') response.write('a part');
    });
    expect(await refusedBy(local({ maxMs: 300 })(url))).toBe('TIME');
  });

  test('is waited for no longer than whoever asked does', async () => {
    const { url } = await listening(() => undefined);
    expect(await refusedBy(local()(url, { signal: AbortSignal.timeout(50) }))).toBe('REACHABLE');
  });

  test('comes past every proxy of the environment', async () => {
    const proxy = await listening((_request, response) => response.end('proxy'));
    const { url } = await listening((_request, response) => response.end('itself'));
    const before = { ...process.env };
    Object.assign(process.env, { HTTP_PROXY: proxy.url, http_proxy: proxy.url, NODE_USE_ENV_PROXY: '1' });
    try {
      expect(await (await local()(url)).text()).toBe('itself');
    } finally {
      process.env = before;
    }
    expect(proxy.connections()).toBe(0);
  });

  test('without a valid certificate is refused', async () => {
    const { port } = await listening((_request, response) => response.end());
    expect(await refusedBy(local()(`https://localhost:${port}/`))).toBe('REACHABLE');
  });
});

test('a host that is listed with a port is open at that port alone', async () => {
  const [listed, another] = [
    await listening((_request, response) => response.end('inside')),
    await listening((_request, response) => response.end('inside')),
  ];
  const fetch = guarded({ allowedPrivateHosts: [`LOCALHOST:${listed.port}`] });
  expect(await (await fetch(listed.url)).text()).toBe('inside');
  expect(await refusedBy(fetch(another.url))).toBe('HTTPS');
  expect(await refusedBy(fetch(`https://localhost:${another.port}/`))).toBe('PUBLIC_ADDRESS');
  expect(another.connections()).toBe(0);
});
