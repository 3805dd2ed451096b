import { type RawBuilder, sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database, Sql } from '../database/database.ts';
import type { Notifications } from '../database/notifications.ts';
import { keepLooking } from '../jobs/keep-looking.ts';
import { SealBroken, type SealedAs, type Sealer } from '../sealing/sealer.ts';

export interface SealKeeping {
  readonly database: Database;
  readonly notifications: Notifications;
  readonly sealer: Sealer;
  readonly log: Logger;
}

/** How soon it is looked again: while servers are restarted one after another, some seal with an older key yet. */
const LOOK_AGAIN_MS = 10 * 60 * 1000;
const AT_ONCE = 100;

interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** Where in it, if it is jsonb. */
  readonly path?: readonly string[];
}

/** Where each kind of secret is kept for good, or as long as a session; nowhere, where it passes within a day by itself. */
const keptIn = {
  mail: [],
  'client-secret': [{ table: 'sign_in_connections', column: 'client_secret' }],
  'sign-in': [],
  'sign-out-hint': [{ table: 'provider_sessions', column: 'sign_out_hint' }],
  'saml-key': [
    { table: 'sign_in_connections', column: 'saml', path: ['ownKey'] },
    { table: 'sign_in_connections', column: 'saml', path: ['otherKeyPair', 'key'] },
  ],
  'saml-answer': [],
  'poll-credential': [{ table: 'signal_streams', column: 'poll_credential' }],
  totp: [{ table: 'totp_secrets', column: 'sealed' }],
  'sign-in-draft': [],
  'sign-in-test': [],
} satisfies Record<SealedAs, readonly SealedColumn[]>;

interface LastingSecret extends SealedColumn {
  readonly as: SealedAs;
}

const lastingSecrets = (Object.keys(keptIn) as SealedAs[]).flatMap((as) =>
  keptIn[as].map((column: SealedColumn): LastingSecret => ({ ...column, as })),
);

/**
 * Seals with the first key what is kept and was sealed with another, so that the others can go; the log says when nothing is left.
 * The function that is answered ends it.
 */
export function keepSealedAnew({ database, notifications, sealer, log }: SealKeeping): () => Promise<void> {
  let isTold = false;
  return keepLooking({
    notifications,
    async doNext() {
      const { sealed, broken } = await sealNext(database.sql, sealer);
      for (const error of broken) log.warn({ err: error }, 'A secret could not be sealed anew.');
      if (sealed > 0)
        log.info({ secrets: sealed }, 'Secrets were sealed anew with the first encryption key.');
      else if (broken.length === 0 && !isTold) {
        isTold = true;
        log.info('All that is kept is sealed with the first encryption key: the others can go in a day.');
      }
      return sealed;
    },
    restMs: LOOK_AGAIN_MS,
    failed: 'The secrets to seal anew could not be read.',
    log,
  });
}

interface SealedAnew {
  readonly sealed: number;
  /** Why some could not be opened. */
  readonly broken: readonly SealBroken[];
}

/** Seals the next secrets of each kind with the first key that one of the other keys has sealed. */
export async function sealNext(db: Sql, sealer: Sealer): Promise<SealedAnew> {
  const outcomes: (number | SealBroken)[] = [];
  for (const column of lastingSecrets) {
    const { rows } = await sealedByOthers(column, sealer).execute(db);
    for (const { place, secret } of rows)
      outcomes.push(await sealAnew(db, sealer, column, { place, secret }));
  }
  return {
    sealed: outcomes.reduce<number>((sum, each) => (each instanceof SealBroken ? sum : sum + each), 0),
    broken: outcomes.filter((each) => each instanceof SealBroken),
  };
}

interface SealedValue {
  /** Where the row is, for as long as nobody changes it. */
  readonly place: string;
  readonly secret: string;
}

/** How many it sealed: none where the row was changed meanwhile, which is looked at again. */
async function sealAnew(
  db: Sql,
  sealer: Sealer,
  column: LastingSecret,
  { place, secret }: SealedValue,
): Promise<number | SealBroken> {
  try {
    const anew = await sealer.seal(await sealer.open(secret, column.as), column.as);
    const { numAffectedRows } = await sql`
      UPDATE ${sql.table(column.table)} t SET ${sql.ref(column.column)} = ${replaced(column, anew)}
      WHERE t.ctid = ${place}::tid AND ${secretIn(column)} = ${secret}`.execute(db);
    return Number(numAffectedRows);
  } catch (error) {
    if (error instanceof SealBroken) return error;
    throw error;
  }
}

const sealedByOthers = (column: LastingSecret, sealer: Sealer): RawBuilder<SealedValue> => sql`
  SELECT t.ctid::text AS place, ${secretIn(column)} AS secret FROM ${sql.table(column.table)} t
  WHERE split_part(${secretIn(column)}, '.', 1) = ANY(${sealer.keyIds.slice(1).map((keyId) => sealer.headerOf(keyId, column.as))}::text[])
  LIMIT ${sql.lit(AT_ONCE)}`;

const secretIn = ({ column, path }: SealedColumn): RawBuilder<string> =>
  path === undefined ? sql`t.${sql.ref(column)}` : sql`t.${sql.ref(column)} #>> ${[...path]}::text[]`;

const replaced = ({ column, path }: SealedColumn, anew: string): RawBuilder<unknown> =>
  path === undefined
    ? sql`${anew}`
    : sql`jsonb_set(t.${sql.ref(column)}, ${[...path]}::text[], to_jsonb(${anew}::text), false)`;
