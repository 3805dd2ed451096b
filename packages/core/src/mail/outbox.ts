import { sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { newId } from '../text/uuid.ts';
import type { Mail } from './mail-text.ts';

/** On this channel processes hear that there are mails to send. */
export const MAILS_CHANNEL = 'rollcall_mails';

/** A mail, and whom in which account it is about. */
export interface AddressedMail {
  readonly accountId: string;
  readonly userId: string;
  readonly mail: Mail;
}

/** Where mails wait until they are sent. */
export interface Outbox {
  /** Where people open pages of ours, without a slash at the end: `https://admin.example.com`. */
  readonly adminUrl: string;
  /** Has mails sent when the transaction is committed, and not at all when it is not; one statement. */
  post(db: Sql, ...mails: readonly AddressedMail[]): Promise<void>;
}

/** Opens an outbox whose mails are sealed: they have links in them by which somebody signs in. */
export const openOutbox = (sealer: Sealer, adminUrl: string): Outbox => ({
  adminUrl,
  async post(db, ...mails) {
    if (mails.length === 0) return;
    const rows = await Promise.all(
      mails.map(async ({ accountId, userId, mail }) => ({
        account_id: accountId,
        id: newId(),
        user_id: userId,
        sealed: await sealer.seal(JSON.stringify(mail), 'mail'),
        key_id: sealer.keyIds[0] ?? '',
      })),
    );
    await db.insertInto('queued_mails').values(rows).execute();
    await sql`SELECT pg_notify(${MAILS_CHANNEL}, '')`.execute(db);
  },
});
