import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const MAIN = join(import.meta.dirname, '../src/main.ts');

test('whoever interrupts a run finds nothing left of it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-interrupted-bench-'));
  await chmod(directory, 0o711);
  const child = spawn(process.execPath, [MAIN, '--users', '100', '--seconds', '1', '--contenders', 'floor'], {
    env: { ...process.env, TMPDIR: directory },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
    if (/^create/m.test(said)) child.kill('SIGINT');
  });
  expect(await once(child, 'exit')).toEqual([130, null]);
  expect(said).toContain('Stopping');
  expect(await readdir(directory)).toEqual([]);
  await rm(directory, { recursive: true });
});

test('a wrong option is told with how to use it', async () => {
  const child = spawn(process.execPath, [MAIN, '--phases', 'dance'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [code]] = await Promise.all([child.stdout.toArray(), once(child, 'exit')]);
  expect(code).toBe(2);
  expect(output.join('')).toMatch(/^There is no phase dance\.\n\nnpm run bench/);
});
