import { mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ensureDataDirectory } from './start/data-directory.ts';
import { type Demo, findDemo, keepDemo } from './start/demo-file.ts';
import { Platform } from './start/platform.ts';
import { ensureFree, freePort } from './start/port.ts';
import { failWhenEnded, startProgram, untilReady } from './start/program.ts';
import { readSettings } from './start/settings.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rollcall-start-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function program(source: string) {
  const script = join(directory, 'child.mjs');
  await writeFile(script, source);
  return startProgram({ name: 'child', script, logDirectory: directory, stopsChildren: true });
}

test('another port of the admin changes what the server is told of it', () => {
  const settings = readSettings({ PORT: '4500', SERVER_PORT: '', ROLLCALL_DATA_DIR: '/data' });
  expect(settings).toMatchObject({
    adminUrl: 'http://localhost:4500',
    publicUrl: 'http://localhost:4000',
    logDirectory: '/data/logs',
    demo: true,
  });
});

test.each([
  [{ PORT: 'web' }, /PORT must be a port from 1 to 65535, not "web"/],
  [{ SERVER_PORT: '70000' }, /SERVER_PORT must be a port/],
  [{ PORT: '4000' }, /SERVER_PORT and PORT are both 4000/],
  [{ ROLLCALL_DEMO: 'no' }, /ROLLCALL_DEMO must be on or off/],
])('%j is refused with the rule', (variables, message) => {
  expect(() => readSettings(variables)).toThrow(message);
});

test('a data directory that can not be made is refused by name', async () => {
  await expect(ensureDataDirectory('/proc/rollcall')).rejects.toThrow(
    /^ROLLCALL_DATA_DIR: \/proc\/rollcall can't be made/,
  );
  await ensureDataDirectory(directory);
});

test('a busy port is named with the variable that chooses another', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  await expect(ensureFree('127.0.0.1', port, 'SERVER_PORT')).rejects.toThrow(
    new RegExp(`Port ${port} is taken.* SERVER_PORT=\\d+ npm start`),
  );
  await new Promise((resolve) => server.close(resolve));
  await ensureFree('127.0.0.1', port, 'SERVER_PORT');
});

test('a child that dies is reported with what it said last, in words', async () => {
  const child = await program(
    `console.log(JSON.stringify({ level: 60, msg: 'could not start', err: { message: 'no space' } }));
     process.exit(3);`,
  );
  await expect(untilReady(child, 'http://127.0.0.1:1/')).rejects.toThrow(
    /The child ended unexpectedly \(exit code 3\)\.[\s\S]*could not start: no space/,
  );
});

test('a child is asked to stop, and waited for', async () => {
  const child = await program(
    `process.on('SIGTERM', () => { console.log('tidied up'); process.exit(0); });
     setInterval(() => {}, 1000); console.log('running');`,
  );
  const ended = failWhenEnded(child).catch((error: Error) => error.message);
  while (!(await child.lastLines()).includes('running'))
    await new Promise((resolve) => setTimeout(resolve, 20));
  await child.stop();
  expect(await child.lastLines()).toContain('tidied up');
  expect(await ended).toContain('exit code 0');
});

/** A program that answers at a port with its process id, and ends when it is asked to. */
async function answering() {
  const port = await freePort();
  const script = join(directory, 'answering.mjs');
  await writeFile(
    script,
    `import { createServer } from 'node:http';
     console.log('begun', process.pid);
     createServer((request, response) => {
       response.end(String(process.pid), () => request.url === '/end' && process.exit(1));
     }).listen(${port}, '127.0.0.1');`,
  );
  const options = { name: 'child', script, logDirectory: directory, stopsChildren: true };
  const ask = (path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } }).then(
      (answer) => answer.text(),
      () => undefined,
    );
  return { options, ask, url: `http://127.0.0.1:${port}/` };
}

test('a part that ends is started again, until it has ended too often', async () => {
  const { options, ask, url } = await answering();
  const platform = new Platform();
  await platform.run(options, url);
  const first = await ask('/');
  process.kill(Number(first), 'SIGKILL');
  await vi.waitUntil(async () => ![undefined, first].includes(await ask('/')), { timeout: 20_000 });
  const second = Number(await ask('/'));
  await platform.stop();
  expect(() => process.kill(second, 0)).toThrow();
  expect(await readFile(join(directory, 'child.log'), 'utf8')).toBe(`begun ${first}\nbegun ${second}\n`);
});

test('the log of an earlier start is kept beside the new one', async () => {
  for (const words of ['first', 'second']) await (await program(`console.log('${words}')`)).ended;
  expect(await readFile(join(directory, 'child.log.previous'), 'utf8')).toBe('first\n');
  expect(await readFile(join(directory, 'child.log'), 'utf8')).toBe('second\n');
});

test.runIf(process.platform === 'linux')('whoever starts a child does not hold its log open', async () => {
  const child = await program(`setInterval(() => {}, 1000);`);
  const open = await Promise.all(
    (await readdir('/proc/self/fd')).map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')),
  );
  await child.stop();
  expect(open).not.toContain(join(directory, 'child.log'));
});

test('a part that ends again and again ends all, with what it said last', async () => {
  const { options, ask, url } = await answering();
  const platform = new Platform();
  await platform.run(options, url);
  let isOver = false;
  const failed = platform.failed.catch((error: Error) => {
    isOver = true;
    return error.message;
  });
  while (!isOver) {
    await ask('/end');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(await failed).toContain('The child ended unexpectedly (exit code 1)');
  await platform.stop();
}, 60_000);

test('the demo is kept for its owner alone and found again', async () => {
  expect(await findDemo(directory)).toBeUndefined();
  const demo: Demo = {
    accountId: 'a1',
    scimUrl: 'http://localhost:4000/scim/v2/a1',
    admin: { email: 'admin@example.com', password: 'secret' },
    apiToken: 'rc_api_x',
    scimToken: 'rc_scim_x',
    filled: false,
  };
  await keepDemo(directory, demo);
  await keepDemo(directory, { ...demo, filled: true });
  expect(await findDemo(directory)).toEqual({ ...demo, filled: true });
  expect((await stat(join(directory, 'demo.json'))).mode & 0o777).toBe(0o600);
});
