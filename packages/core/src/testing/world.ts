import { type AccountWorld, createWorld, type World } from '@rollcall/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { newSecret } from '../authorization/secret.ts';
import { type Core, startCore } from '../core.ts';
import { newId } from '../text/uuid.ts';

/** For the tests of a file a fresh database with a core on it, and actors to speak to it. */
export function useWorld(): World<Core> {
  const world = filledBy(beforeAll, openWorld);
  afterAll(() => world.close());
  return world;
}

/** For each test an account of its own. */
export const useAccount = (world: World<Core>): AccountWorld => filledBy(beforeEach, () => world.account());

/** One account for all tests of a file. */
export const useSharedAccount = (world: World<Core>): AccountWorld =>
  filledBy(beforeAll, () => world.account());

/** What `make` gives, at hand before there is anything: it is empty until the hook ran. */
function filledBy<Value extends object>(
  hook: typeof beforeAll | typeof beforeEach,
  make: () => Promise<Value>,
): Value {
  const value = {} as Value;
  hook(async () => {
    Object.assign(value, await make());
  });
  return value;
}

const openWorld = (): Promise<World<Core>> => openWorldOn();

/** A world on a database that is there already, or on a fresh one. */
export async function openWorldOn(databaseUrl?: string): Promise<World<Core>> {
  const world = await createWorld(
    // What happens by itself in the background would be counted among the statements of a test.
    (options) =>
      startCore({ ...options, ...(databaseUrl && { databaseUrl }), logger, worksInBackground: false }),
    () => newSecret('operator', newId()).secret,
  );
  return databaseUrl === undefined ? world : { ...world, databaseUrl };
}

// What goes wrong inside is masked in answers; a failing test is to show it.
const logger = pino({ level: 'error' }, pino.destination({ dest: 2, sync: true }));
