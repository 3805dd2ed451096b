import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './command.ts';

/** The most files that somebody has to open who follows a PATCH of a user. */
const MOST_FILES = 30;

const page = await readFile(join(ROOT, 'docs/ARCHITECTURE.md'), 'utf8');
const walks = page
  .split(/^###? /m)
  .map((section) => ({
    title: section.split('\n', 1)[0] ?? '',
    files: [...section.matchAll(/^\d+\. `(?<file>[^`]+)`/gm)].map(({ groups }) => groups?.file ?? ''),
  }))
  .filter(({ files }) => files.length > 0);

test('ARCHITECTURE has six walks', () => {
  expect(walks.map(({ title }) => title)).toEqual([
    'A PATCH of a user',
    'A member added to a group',
    'A role by a group',
    'A manager changed',
    'A forgotten password',
    'An event on its way to the browser',
  ]);
});

test.each(walks)('$title leads through files that are there', async ({ files }) => {
  const missing: string[] = [];
  for (const file of files) await access(join(ROOT, file)).catch(() => missing.push(file));
  expect(missing).toEqual([]);
  expect(files.length).toBeLessThanOrEqual(MOST_FILES);
});
