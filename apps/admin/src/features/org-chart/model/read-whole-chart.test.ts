import { expect, test } from 'vitest';
import { person } from './chart.fixtures.ts';
import { fakeServer } from './chart-source.fixtures.ts';
import { readWholeChart } from './read-whole-chart.ts';

const company = (size: number) => Array.from({ length: size }, (_, index) => person(`p${index}`, null));

test('everybody of the moment is read once, in few pages, and the way there is told', async () => {
  const { source, people, asked } = fakeServer();
  people.set('then', company(1_200));
  const told: number[] = [];
  const options = {
    moment: 'then',
    onProgress: (read: number) => told.push(read),
    signal: new AbortController().signal,
  };
  expect(await readWholeChart(source, options)).toEqual(company(1_200));
  expect(told).toEqual([500, 1_000, 1_200]);
  expect(asked).toHaveLength(3);
});

test('whoever cancels is not asked for any more', async () => {
  const { source, people, asked } = fakeServer();
  people.set('', company(1_200));
  const controller = new AbortController();
  const options = { moment: undefined, onProgress: () => controller.abort(), signal: controller.signal };
  await expect(readWholeChart(source, options)).rejects.toThrow('aborted');
  expect(asked).toHaveLength(1);
});
