import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { testDatabase } from '@rollcall/embedded-postgres/test-cluster';
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from './database.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A server in front of PostgreSQL; what `meets` gives of a client's first message goes on to PostgreSQL. */
async function inFront(
  url: string,
  meets: (startup: Buffer) => Buffer | { refusal: Buffer },
): Promise<string> {
  const { hostname, port } = new URL(url);
  const server: Server = createServer(async (client) => {
    client.on('error', () => undefined);
    const [first] = (await once(client, 'data')) as [Buffer];
    const met = meets(first);
    if ('refusal' in met) return client.end(met.refusal);
    const postgres = connect(Number(port), hostname);
    postgres.on('error', () => client.destroy());
    postgres.write(met);
    client.pipe(postgres).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(async () => server.close());
  const through = new URL(url);
  through.port = String((server.address() as AddressInfo).port);
  return through.href;
}

async function freshDatabase(): Promise<string> {
  const { url, drop } = await testDatabase();
  ends.push(drop);
  return url;
}

/** The startup message without its options, as PgBouncer passes it on that was told to ignore them. */
function withoutOptions(startup: Buffer): Buffer {
  const texts = startup.toString('latin1', 8).split('\0');
  const at = texts.indexOf('options');
  texts.splice(at, 2);
  const body = Buffer.from(texts.join('\0'), 'latin1');
  const head = Buffer.from(startup.subarray(0, 8));
  head.writeInt32BE(8 + body.length);
  return Buffer.concat([head, body]);
}

/** An ErrorResponse of PostgreSQL's protocol. */
function errorResponse(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.from('E....');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

test('a pooler that drops the settings of a session is refused at the start, with the way out', async () => {
  const url = await inFront(await freshDatabase(), withoutOptions);
  await expect(openDatabase({ url, poolSize: 2 })).rejects.toThrow(/pooler.*address of PostgreSQL itself/);
});

test('a pooler that refuses the settings of a session is told in the same words', async () => {
  const refusal = errorResponse('08P01', 'unsupported startup parameter: options');
  const url = await inFront(await freshDatabase(), () => ({ refusal }));
  await expect(openDatabase({ url, poolSize: 2 })).rejects.toThrow(/pooler.*address of PostgreSQL itself/);
});

test('what passes everything on is fine', async () => {
  const url = await inFront(await freshDatabase(), (startup) => startup);
  const database = await openDatabase({ url, poolSize: 2 });
  await database.close();
});
