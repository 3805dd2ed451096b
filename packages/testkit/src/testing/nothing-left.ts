/** For vitest's `setupFiles` where files share modules: fails a file that would leave something to the next one. */
import { afterAll, beforeAll, expect, vi } from 'vitest';

let variables: NodeJS.ProcessEnv;
beforeAll(() => {
  variables = { ...process.env };
});
afterAll(() => {
  const areTimersFake = vi.isFakeTimers();
  vi.useRealTimers();
  expect(areTimersFake, 'fake timers are left').toBe(false);
  expect({ ...process.env }, 'the environment is another').toEqual(variables);
});
