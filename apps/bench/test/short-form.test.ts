import { expect, test } from 'vitest';
import { bench } from '../src/bench.ts';
import { readOptions } from '../src/options.ts';
import { renderTables } from '../src/report/tables.ts';

test('the floor and the server pass every check of every phase, whatever teams and roles are made of', async () => {
  const args = ['--users', '100', '--seconds', '0.1', '--contenders', 'floor,server,manager,mapped'];
  const options = { ...readOptions(args), slices: 2 };
  const { phases, postgresVersion } = await bench(options, new AbortController().signal, () => undefined);
  expect(postgresVersion).toMatch(/^\d+\.\d+/);
  expect(phases.map(({ name }) => name)).toEqual(options.phases.map(({ name }) => name));
  for (const { name, by, ratios } of phases) {
    expect([...by.keys()], name).toEqual(options.contenders);
    expect([...ratios.values()].every(Number.isFinite), name).toBe(true);
  }
  expect(renderTables(phases).match(/^Met: \d+ of \d+\./gm)).toHaveLength(3);
});
