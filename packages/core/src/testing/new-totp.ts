import { withClient } from './tables.ts';

/** Gives somebody an authenticator app, of which nobody has the codes. */
export const newTotp = (
  databaseUrl: string,
  { accountId, userId }: { accountId: string; userId: string },
): Promise<unknown> =>
  withClient(databaseUrl, (client) =>
    client.query(
      `INSERT INTO totp_secrets (account_id, user_id, sealed, confirmed_at) VALUES ($1, $2, 'sealed', now())`,
      [accountId, userId],
    ),
  );
