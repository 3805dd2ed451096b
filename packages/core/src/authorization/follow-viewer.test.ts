import { expect, test } from 'vitest';
import { followViewer } from './follow-viewer.ts';
import type { Viewer } from './viewer.ts';

const viewer = (reason: string): Viewer => ({ kind: 'ANONYMOUS', reason });

/** A credential whose notices and look-ups the test gives by hand. */
function credential(...answers: (() => Promise<Viewer>)[]) {
  const watching = new Set<() => void>();
  return {
    watching,
    notice: () => {
      for (const changed of [...watching]) changed();
    },
    watch(_: Viewer, changed: () => void) {
      watching.add(changed);
      return () => void watching.delete(changed);
    },
    authenticate: () =>
      (answers.shift() ?? (() => Promise.reject(new Error('It was looked up too often.'))))(),
  };
}

test('what changed before anybody watched is told', async () => {
  const source = credential(async () => viewer('now'));
  const told = Promise.withResolvers<Viewer>();
  followViewer(source, viewer('before'), told.resolve);
  expect(await told.promise).toEqual(viewer('now'));
});

test('a notice is followed until there is an answer, also when there is none at first', async () => {
  const source = credential(
    async () => viewer('before'),
    () => Promise.reject(new Error('The database is away.')),
    async () => viewer('now'),
  );
  const [first, told] = [Promise.withResolvers<void>(), Promise.withResolvers<Viewer>()];
  followViewer(source, viewer('before'), (each) => {
    first.resolve();
    if ('reason' in each && each.reason === 'now') told.resolve(each);
  });
  await first.promise;
  source.notice();
  expect(await told.promise).toEqual(viewer('now'));
});

test('a notice during a look-up leads to another one, and none is missed in between', async () => {
  const first = Promise.withResolvers<Viewer>();
  const source = credential(
    () => first.promise,
    async () => viewer('newest'),
  );
  const told: Viewer[] = [];
  const newest = Promise.withResolvers<void>();
  followViewer(source, viewer('before'), (each) => {
    told.push(each);
    if (told.length === 2) newest.resolve();
  });
  source.notice();
  first.resolve(viewer('new'));
  await newest.promise;
  expect(told).toEqual([viewer('new'), viewer('newest')]);
  expect(source.watching.size).toBe(1);
});

test('whoever stopped is told nothing more', async () => {
  const answer = Promise.withResolvers<Viewer>();
  const source = credential(() => answer.promise);
  const told: Viewer[] = [];
  const stop = followViewer(source, viewer('before'), (each) => told.push(each));
  stop();
  answer.resolve(viewer('now'));
  await new Promise(setImmediate);
  expect(told).toEqual([]);
  expect(source.watching.size).toBe(0);
});
