import { randomUUIDv7 } from 'node:crypto';
import { createWorld, type World } from '@rollcall/testkit';
import { pino } from 'pino';
import { type Core, startCore } from '../core.ts';
import { newSecret } from '../tokens/secret.ts';

/** A fresh database with a core on it, and actors to speak to it. */
export const openWorld = (): Promise<World<Core>> =>
  createWorld(
    (options) => startCore({ ...options, logger }),
    () => newSecret('operator', randomUUIDv7()).secret,
  );

// What goes wrong inside is masked in answers; a failing test is to show it.
const logger = pino({ level: 'error' }, pino.destination({ dest: 2, sync: true }));
