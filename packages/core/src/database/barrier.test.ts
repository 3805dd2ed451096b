import { expect, test, vi } from 'vitest';
import { Barrier } from './barrier.ts';

/** A connection whose answers are given by hand, in the order of the questions. */
function openConnection() {
  const asked: PromiseWithResolvers<void>[] = [];
  const barrier = new Barrier(() => {
    const question = Promise.withResolvers<void>();
    asked.push(question);
    return question.promise;
  });
  const answer = async () => {
    asked.at(-1)?.resolve();
    await new Promise(setImmediate);
  };
  return { barrier, asked, answer };
}

test('who comes while a question is under way shares the next one with all who do', async () => {
  const { barrier, asked, answer } = openConnection();
  const passed: string[] = [];
  const pass = (name: string) => barrier.pass().then(() => passed.push(name));
  void [pass('a'), pass('b')];
  await new Promise(setImmediate);
  void [pass('c'), pass('d')];
  expect(asked).toHaveLength(1);
  await answer();
  expect(passed).toEqual(['a', 'b']);
  expect(asked).toHaveLength(2);
  await answer();
  expect(passed).toEqual(['a', 'b', 'c', 'd']);
});

test('a connection that does not answer keeps nobody waiting, until it answers again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { barrier, asked, answer } = openConnection();
  const first = barrier.pass();
  await vi.advanceTimersByTimeAsync(249);
  const second = barrier.pass();
  await vi.advanceTimersByTimeAsync(1);
  expect([await first, await second, await barrier.pass()]).toEqual([false, false, false]);
  vi.useRealTimers();
  await answer();
  const again = barrier.pass();
  await new Promise(setImmediate);
  await answer();
  expect([await again, asked.length]).toEqual([true, 2]);
});
