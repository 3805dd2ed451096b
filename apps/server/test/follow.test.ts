import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpGraphQL } from './clients/graphql-client.ts';
import {
  buildProgram,
  killPrograms,
  SERVER_ROOT,
  type ServerProgram,
  startServerProgram,
} from './program.ts';
import { openProgramAccount } from './program-account.ts';

let dataDirectory: string;
let follower: ChildProcess | undefined;
beforeAll(async () => {
  await buildProgram();
  dataDirectory = await mkdtemp(join(tmpdir(), 'rollcall-follow-'));
});
afterAll(async () => {
  follower?.kill('SIGKILL');
  await killPrograms();
  await rm(dataDirectory, { recursive: true });
});

const startServer = (port = 0): Promise<ServerProgram> =>
  startServerProgram({ ROLLCALL_DATA_DIR: dataDirectory, DATABASE_URL: '', SERVER_PORT: String(port) });

/** What the README has its readers save as follow.mjs, for a server at this origin. */
async function followMjs(origin: string): Promise<string> {
  const readme = await readFile(join(SERVER_ROOT, '../../README.md'), 'utf8');
  const code = /`follow\.mjs`.*?```js\n(.*?)```/s.exec(readme)?.[1] ?? '';
  expect(code).toContain('ws://localhost:4000/');
  return code.replace('ws://localhost:4000/', `${origin.replace('http', 'ws')}/`);
}

/** Creates a person, again and again while the server or its database is away; answers when they are there. */
async function hire(operator: HttpGraphQL, displayName: string): Promise<void> {
  const hired = async () => {
    const { errors } = await operator.ask(
      'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }',
      { input: { userName: `${displayName}@example.com`, displayName } },
    );
    return errors?.[0]?.extensions.code ?? 'CREATED';
  };
  // A write whose answer was lost may have been made.
  await expect.poll(() => hired().catch(() => 'AWAY')).toMatch(/CREATED|ALREADY_EXISTS/);
}

test("README's follow.mjs goes on after its server and its database are killed: nothing lost, nothing twice", async () => {
  const first = await startServer();
  const { operator, issueToken } = await openProgramAccount(first, dataDirectory);
  const token = await issueToken({ kind: 'API', name: 'A tool', permissions: ['events:read'] });
  follower = spawn(process.execPath, ['--input-type=module', '--eval', await followMjs(first.origin)], {
    cwd: SERVER_ROOT,
    env: { ...process.env, TOKEN: token },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told: string[] = [];
  if (follower.stdout === null) throw new Error('It says nothing.');
  createInterface(follower.stdout).on('line', (line) => {
    const [type, label] = line.split(' ');
    if (type === 'USER_CREATED' && label !== undefined && !label.startsWith('probe')) told.push(label);
    else if (type === 'USER_CREATED') probes += 1;
  });
  let probes = 0;
  // It follows from now on, whenever that is.
  for (let n = 0; probes === 0; n += 1) await hire(operator, `probe${n}`);

  await hire(operator, 'before');
  const again = first.says(/PostgreSQL runs again/);
  process.kill(first.line('PostgreSQL runs').postmaster ?? 0, 'SIGKILL');
  await again;
  await hire(operator, 'after-the-database');
  await expect.poll(() => told).toEqual(['before', 'after-the-database']);

  const ended = once(first.child, 'exit');
  first.child.kill('SIGKILL');
  await ended;
  await startServer(Number(new URL(first.origin).port));
  await hire(operator, 'after-the-server');
  await hire(operator, 'last');
  await expect.poll(() => told).toEqual(['before', 'after-the-database', 'after-the-server', 'last']);
});
