import { beforeEach, expect, test } from 'vitest';
import { person } from './chart.fixtures.ts';
import { layoutChart } from './chart-layout.ts';
import type { Mark } from './chart-marks.ts';
import { type FakeServer, fakeServer } from './chart-source.fixtures.ts';
import { ChartStore } from './chart-store.ts';

let server: FakeServer;
const everybody = () => server.people.get('') ?? [];

const marked = (mark: Mark, ...ids: string[]) => new Map(ids.map((id) => [id, mark]));

const drawn = (store: ChartStore) =>
  layoutChart(store.state())
    .cards.map(({ card }) => card.id)
    .sort();

/** Opens a branch; what is read for it arrives after `release`, other answers do not wait. */
function openSlowly(store: ChartStore, id: string) {
  const { promise, resolve: release } = Promise.withResolvers<void>();
  server.held = promise;
  const opening = store.openAll([id]);
  server.held = undefined;
  return { opening, release };
}

beforeEach(() => {
  server = fakeServer();
});

test('revealing someone deep opens the line above and loads nothing else', async () => {
  const store = new ChartStore(server.source);
  await store.load();
  expect(await store.reveal('d')).toBe(true);
  expect(drawn(store)).toEqual(['a', 'b', 'c', 'ceo', 'd']);
  expect(server.asked).toEqual(['top', 'below 1', 'ceo', 'below 2', 'a', 'c']);
  expect(await store.reveal('nobody')).toBe(false);
});

test('what is opened while the chart is read anew is open afterwards', async () => {
  const store = new ChartStore(server.source);
  await store.load();
  const { opening, release } = openSlowly(store, 'a');
  await store.load();
  release();
  await opening;
  expect(drawn(store)).toEqual(['a', 'b', 'c', 'ceo']);
});

test('a refresh reads the old and the new manager too, so that their counts are right', async () => {
  const store = new ChartStore(server.source);
  await store.load();
  await store.openAll(['a', 'b']);
  server.people.set('', [
    person('ceo', null, 2),
    person('a', 'ceo', 0),
    person('b', 'ceo', 2),
    person('c', 'b'),
    person('e', 'b'),
  ]);
  await store.refresh(marked('changed', 'c'), ['a', 'b']);
  expect(store.state().items.get('a')?.childCount).toBe(0);
  expect(store.state().items.get('b')?.childCount).toBe(2);
  expect(drawn(store)).toEqual(['a', 'b', 'c', 'ceo', 'e']);
  expect(server.asked.slice(-2)).toEqual(['some c', 'some a b']);
});

test('whoever moves in sight stays in sight: the branch they move to is opened', async () => {
  const store = new ChartStore(server.source);
  await store.load();
  await store.openAll(['a']);
  server.people.set('', [
    person('ceo', null, 2),
    person('a', 'ceo'),
    person('b', 'ceo', 2),
    person('c', 'b'),
    person('e', 'b'),
  ]);
  await store.refresh(marked('changed', 'c'), []);
  expect(drawn(store)).toEqual(['a', 'b', 'c', 'ceo', 'e']);
});

test('a manager who leaves leaves their people at the top, and fades out', async () => {
  const store = new ChartStore(server.source);
  await store.load();
  await store.openAll(['a', 'b']);
  server.people.set('', [
    person('ceo', null, 1),
    person('a', 'ceo', 1),
    person('c', 'a', 1),
    person('e', null),
  ]);
  await store.refresh(marked('left', 'b'), []);
  expect([...store.state().leaving]).toEqual(['b']);
  expect(drawn(store)).toContain('without-manager');
  store.forgetLeavers();
  expect(drawn(store)).toEqual(['a', 'c', 'ceo', 'without-manager']);
});

test('another moment keeps what is open, as far as it was there', async () => {
  server.people.set('before', [person('ceo', null, 1), person('a', 'ceo', 1), person('old', 'a')]);
  const store = new ChartStore(server.source);
  await store.load();
  await store.reveal('d');
  await store.load('before');
  expect(drawn(store)).toEqual(['a', 'ceo', 'old']);
  await store.load();
  expect(drawn(store)).toEqual(['a', 'b', 'c', 'ceo', 'd']);
});

test('the answer about a moment that was left meanwhile is dropped', async () => {
  server.people.set('before', [person('ceo', null)]);
  const store = new ChartStore(server.source);
  await store.load();
  await Promise.all([store.load('before'), store.load()]);
  expect(drawn(store)).toEqual(['a', 'b', 'ceo']);
});

test('a flood of changes reads what is open, once', async () => {
  const store = new ChartStore(server.source);
  await store.load();
  server.asked = [];
  const ids = Array.from({ length: 500 }, (_, index) => `p${index}`);
  await store.refresh(marked('arrived', ...ids), []);
  expect(server.asked).toEqual(['top', 'below 1', 'ceo']);
});

test('all that is open at a height is one question, and more of what was loaded further is read on', async () => {
  const wide = Array.from({ length: 120 }, (_, index) => person(`p${String(index).padStart(3, '0')}`, 'a'));
  server.people.set('', [
    person('ceo', null, 2),
    person('a', 'ceo', 120),
    person('b', 'ceo', 1),
    ...wide,
    person('e', 'b'),
  ]);
  const store = new ChartStore(server.source);
  await store.load();
  await store.openAll(['a', 'b']);
  expect(store.state().branches.get('a')?.ids).toHaveLength(50);
  await store.loadMore('a');
  expect(store.state().branches.get('a')?.ids).toHaveLength(100);
  server.asked = [];
  await store.load();
  expect(server.asked).toEqual(['top', 'below 1', 'ceo', 'below 2', 'a', 'b', 'a']);
  expect(store.state().branches.get('a')?.ids).toHaveLength(100);
});

test('an answer that is older than a change never undoes it', async () => {
  const store = new ChartStore(server.source);
  await store.load();
  const { opening, release } = openSlowly(store, 'a');
  server.people.set('', [
    person('ceo', null, 2),
    person('a', 'ceo'),
    person('b', 'ceo', 2),
    person('c', 'b'),
    person('e', 'b'),
  ]);
  const refreshing = store.refresh(marked('changed', 'c'), ['a', 'b']);
  await new Promise((resolve) => setImmediate(resolve));
  release();
  await Promise.all([opening, refreshing]);
  await store.openAll(['b']);
  expect(drawn(store)).toEqual(['a', 'b', 'c', 'ceo', 'e']);
  expect(store.state().branches.get('a')?.ids).toEqual([]);
});

test('a change that could not be read is made up for by the next', async () => {
  const store = new ChartStore(server.source);
  await store.load();
  server.people.set('', [person('ceo', null, 2), person('a', 'ceo'), person('new', 'ceo')]);
  server.failing = true;
  await expect(store.refresh(marked('arrived', 'new'), [])).rejects.toThrow('gone');
  server.failing = false;
  await store.refresh(marked('changed', 'a'), []);
  expect(drawn(store)).toEqual(['a', 'ceo', 'new']);
});

test('a manager whose card is not loaded: a new title does not read what is open, leaving does', async () => {
  const titled = new ChartStore(server.source);
  await titled.load();
  server.asked = [];
  await titled.refresh(marked('changed', 'c'), []);
  expect(server.asked).toEqual(['some c', 'some a']);
  const left = new ChartStore(server.source);
  await left.load();
  server.people.set('', [
    person('ceo', null, 2),
    person('a', 'ceo'),
    person('b', 'ceo', 1),
    person('d', null),
  ]);
  await left.refresh(marked('left', 'c'), []);
  expect(left.state().branches.get('top')?.ids).toEqual(['ceo', 'd']);
});

test('a refresh says who of the changed is on the chart, or was', async () => {
  const store = new ChartStore(server.source);
  await store.load();
  server.people.set('', [...everybody().filter(({ id }) => id !== 'e'), person('new', 'b')]);
  const changed = new Map<string, Mark>([
    ['a', 'changed'],
    ['new', 'arrived'],
    ['a pushed group', 'changed'],
  ]);
  expect(await store.refresh(changed, [])).toEqual(new Set(['a', 'new']));
});

test('whoever changes on a page of the top that is not loaded is counted once', async () => {
  const alone = Array.from({ length: 250 }, (_, index) => person(`p${index}`, null));
  server.people.set('', alone);
  const store = new ChartStore(server.source);
  await store.load();
  expect(store.state().topTotal).toBe(250);
  await store.refresh(marked('changed', 'p249'), []);
  expect(store.state().topTotal).toBe(250);
});
