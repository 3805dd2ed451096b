/** For vitest's `setupFiles` where files share modules: fails a file that would leave something to the next one. */
import { afterAll, beforeAll, expect, vi } from 'vitest';

/** The environment, without what MikroORM tells itself by it. */
const variables = () =>
  Object.entries(process.env)
    .filter(([name]) => !name.startsWith('MIKRO_ORM_'))
    .sort();

let found: ReturnType<typeof variables>;
beforeAll(() => {
  found = variables();
});
afterAll(() => {
  const areTimersFake = vi.isFakeTimers();
  vi.useRealTimers();
  expect(areTimersFake, 'fake timers are left').toBe(false);
  expect(variables(), 'the environment is another').toEqual(found);
});
