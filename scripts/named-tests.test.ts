import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './command.ts';

test.each(['security', 'reliability'])('every test that docs/%s.md names is there', (page) => {
  const text = readFileSync(join(ROOT, 'docs', `${page}.md`), 'utf8');
  const rows = text.split('\n').filter((line) => /^\| (?!threat|promise|-)/.test(line));
  const named = rows.map((row) => [...row.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, path = '']) => path));
  expect(named.length).toBeGreaterThan(15);
  for (const [index, paths] of named.entries()) {
    expect(paths, rows[index]).not.toEqual([]);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  }
});
