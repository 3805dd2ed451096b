import { randomBytes } from 'node:crypto';
import {
  type AccountWorld,
  createWorld,
  type MailServer,
  openMailServer,
  type World,
} from '@rollcall/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { newSecret } from '../authorization/secret.ts';
import { type Core, type CoreOptions, startCore } from '../core.ts';
import { migrateDatabase } from '../database/database.ts';
import { newId } from '../text/uuid.ts';
import { resolveTestTxt } from './txt-records.ts';

/** For the tests of a file a fresh database with a core on it, and actors to speak to it. */
export function useWorld(more?: Partial<CoreOptions>): World<Core> {
  const world = filledBy(beforeAll, () => openWorldOn(undefined, more));
  afterAll(() => world.close());
  return world;
}

/** The same with a mail server that takes what is sent. */
export function useMailWorld(more?: Partial<CoreOptions>): World<Core> & { readonly mailServer: MailServer } {
  const world = filledBy(beforeAll, async () => {
    const mailServer = await openMailServer();
    const settings = { smtpUrl: mailServer.url, from: MAIL_FROM };
    return {
      ...(await openWorldOn(undefined, { mail: settings, worksInBackground: true, ...more })),
      mailServer,
    };
  });
  afterAll(async () => {
    await world.close();
    await world.mailServer.close();
  });
  return world;
}

const MAIL_FROM = 'Rollcall <no-reply@rollcall.test>';

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

/** A world on a database that is there already, or on a fresh one. */
export async function openWorldOn(
  databaseUrl?: string,
  more: Partial<CoreOptions> = {},
): Promise<World<Core>> {
  const world = await createWorld({
    migrate: migrateDatabase,
    startCore: (options) =>
      startCore({
        ...options,
        ...(databaseUrl && { databaseUrl }),
        logger,
        encryptionKeys: [encryptionKey],
        // Nobody sends what is written; a test of mails has a server of its own.
        mail: { smtpUrl: 'smtp://mail.test', from: MAIL_FROM },
        resolveTxt: resolveTestTxt,
        // What happens by itself in the background would be counted among the statements of a test.
        worksInBackground: false,
        ...more,
      }),
    newOperatorSecret: () => newSecret('operator', newId()).secret,
  });
  return databaseUrl === undefined ? world : { ...world, databaseUrl };
}

const encryptionKey = randomBytes(32);

// What goes wrong inside is masked in answers; a failing test is to show it.
const logger = pino({ level: 'error' }, pino.destination({ dest: 2, sync: true }));
