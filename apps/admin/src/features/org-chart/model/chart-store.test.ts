import { beforeEach, expect, test } from 'vitest';
import { person } from './chart.fixtures.ts';
import type { PersonItem } from './chart-item.ts';
import { layoutChart } from './chart-layout.ts';
import type { ChartSource } from './chart-source.ts';
import { ChartStore } from './chart-store.ts';

/** What there is, by moment; now is ''. */
let worlds: Map<string, PersonItem[]>;
let asked: string[];

const people = (moment: string | undefined) => worlds.get(moment ?? '') ?? [];

const source: ChartSource = {
  async level(parent, { moment }) {
    asked.push(parent ?? 'top');
    const items = people(moment).filter(({ parentId }) => parentId === (parent ?? null));
    return { items, after: undefined, total: items.length };
  },
  async line(id, moment) {
    const line: PersonItem[] = [];
    for (let next: string | null = id; next; next = line.at(-1)?.parentId ?? null) {
      const item = people(moment).find((each) => each.id === next);
      if (!item) break;
      line.push(item);
    }
    return line;
  },
  async some(ids, moment) {
    asked.push(`some ${ids.join(' ')}`);
    return people(moment).filter(({ id }) => ids.includes(id));
  },
};

const drawn = (store: ChartStore) =>
  layoutChart(store.state())
    .cards.map(({ card }) => card.id)
    .sort();

beforeEach(() => {
  asked = [];
  worlds = new Map([
    [
      '',
      [
        person('ceo', null, 2),
        person('a', 'ceo', 1),
        person('b', 'ceo', 1),
        person('c', 'a', 1),
        person('d', 'c'),
        person('e', 'b'),
      ],
    ],
  ]);
});

test('revealing someone deep opens the line above and loads nothing else', async () => {
  const store = new ChartStore(source);
  await store.load();
  expect(await store.reveal('d')).toBe(true);
  expect(drawn(store)).toEqual(['a', 'b', 'c', 'ceo', 'd']);
  expect(asked).toEqual(['top', 'ceo', 'a', 'c']);
  expect(await store.reveal('nobody')).toBe(false);
});

test('a refresh reads the old and the new manager too, so that their counts are right', async () => {
  const store = new ChartStore(source);
  await store.load();
  await store.openAll(['a', 'b']);
  worlds.set('', [
    person('ceo', null, 2),
    person('a', 'ceo', 0),
    person('b', 'ceo', 2),
    person('c', 'b'),
    person('e', 'b'),
  ]);
  await store.refresh(['c'], ['a', 'b']);
  expect(store.state().items.get('a')?.childCount).toBe(0);
  expect(store.state().items.get('b')?.childCount).toBe(2);
  expect(drawn(store)).toEqual(['a', 'b', 'c', 'ceo', 'e']);
  expect(asked.slice(-2)).toEqual(['some c', 'some a b']);
});

test('whoever moves in sight stays in sight: the branch they move to is opened', async () => {
  const store = new ChartStore(source);
  await store.load();
  await store.openAll(['a']);
  worlds.set('', [
    person('ceo', null, 2),
    person('a', 'ceo'),
    person('b', 'ceo', 2),
    person('c', 'b'),
    person('e', 'b'),
  ]);
  await store.refresh(['c'], []);
  expect(drawn(store)).toEqual(['a', 'b', 'c', 'ceo', 'e']);
});

test('a manager who leaves leaves their people at the top, and fades out', async () => {
  const store = new ChartStore(source);
  await store.load();
  await store.openAll(['a', 'b']);
  worlds.set('', [person('ceo', null, 1), person('a', 'ceo', 1), person('c', 'a', 1), person('e', null)]);
  await store.refresh(['b'], []);
  expect([...store.state().leaving]).toEqual(['b']);
  expect(drawn(store)).toContain('without-manager');
  store.forgetLeavers();
  expect(drawn(store)).toEqual(['a', 'c', 'ceo', 'without-manager']);
});

test('another moment keeps what is open, as far as it was there', async () => {
  worlds.set('before', [person('ceo', null, 1), person('a', 'ceo', 1), person('old', 'a')]);
  const store = new ChartStore(source);
  await store.load();
  await store.reveal('d');
  await store.load('before');
  expect(drawn(store)).toEqual(['a', 'ceo', 'old']);
  await store.load();
  expect(drawn(store)).toEqual(['a', 'b', 'c', 'ceo', 'd']);
});

test('the answer about a moment that was left meanwhile is dropped', async () => {
  worlds.set('before', [person('ceo', null)]);
  const store = new ChartStore(source);
  await store.load();
  await Promise.all([store.load('before'), store.load()]);
  expect(drawn(store)).toEqual(['a', 'b', 'ceo']);
});

test('a flood of changes reads what is open, once', async () => {
  const store = new ChartStore(source);
  await store.load();
  asked = [];
  await store.refresh(
    Array.from({ length: 500 }, (_, index) => `p${index}`),
    [],
  );
  expect(asked).toEqual(['top', 'ceo']);
});
