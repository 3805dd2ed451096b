import { createWorld, type World } from '@rollcall/testkit';
import { pino } from 'pino';
import { type Core, startCore } from '../core.ts';
import { newSecret } from '../tokens/secret.ts';
import { newId } from '../uuid.ts';

/** A fresh database with a core on it, and actors to speak to it. */
export const openWorld = (): Promise<World<Core>> =>
  createWorld(
    (options) => startCore({ ...options, logger }),
    () => newSecret('operator', newId()).secret,
  );

// What goes wrong inside is masked in answers; a failing test is to show it.
const logger = pino({ level: 'error' }, pino.destination({ dest: 2, sync: true }));
