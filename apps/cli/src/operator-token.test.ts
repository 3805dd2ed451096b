import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readEnvironment } from './environment.ts';
import { findOperatorToken } from './operator-token.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rollcall-cli-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function writeToken(folder: string, text: string): Promise<string> {
  await mkdir(join(directory, folder), { recursive: true });
  await writeFile(join(directory, folder, 'operator-token'), text);
  return join(directory, folder, 'operator-token');
}

test('the variable wins over the file', async () => {
  await writeToken('.rollcall', 'from-the-file');
  const environment = readEnvironment({ ROLLCALL_OPERATOR_TOKEN: 'from-the-variable' });
  expect(await findOperatorToken(environment, directory)).toEqual({
    secret: 'from-the-variable',
    source: 'ROLLCALL_OPERATOR_TOKEN',
  });
});

test('the file in .rollcall of the working directory is read without its line end', async () => {
  const source = await writeToken('.rollcall', 'secret\n');
  expect(await findOperatorToken(readEnvironment({}), directory)).toEqual({ secret: 'secret', source });
});

test('with ROLLCALL_DATA_DIR only that directory counts, relative to the working directory', async () => {
  await writeToken('.rollcall', 'another server');
  const source = await writeToken('data', 'secret');
  const environment = readEnvironment({ ROLLCALL_DATA_DIR: 'data' });
  expect(await findOperatorToken(environment, directory)).toEqual({ secret: 'secret', source });
});

test('a missing file is told with the places and the way out', async () => {
  await writeToken('.rollcall', 'another server');
  const missing = findOperatorToken(readEnvironment({ ROLLCALL_DATA_DIR: '/nowhere' }), directory);
  await expect(missing).rejects.toThrow(
    /ROLLCALL_OPERATOR_TOKEN is not set.* \/nowhere\/operator-token\. .*npm run start:server/,
  );
});

test('an empty file is told as such', async () => {
  const file = await writeToken('.rollcall', '\n');
  await expect(findOperatorToken(readEnvironment({}), directory)).rejects.toThrow(`${file} is empty`);
});

test('a file that can not be read is told with the reason', async () => {
  await mkdir(join(directory, '.rollcall', 'operator-token'), { recursive: true });
  await expect(findOperatorToken(readEnvironment({}), directory)).rejects.toThrow(/can't be read \(EISDIR\)/);
});
