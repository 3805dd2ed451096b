import { newSecret } from '../authorization/secret.ts';
import { withClient } from './tables.ts';

/** What is in a link by which somebody sets their password, as if it had come by mail. */
export async function newResetToken(
  databaseUrl: string,
  { accountId, userId, address }: { accountId: string; userId: string; address: string },
): Promise<string> {
  const id = crypto.randomUUID();
  const { secret, digest } = newSecret('reset', id);
  await withClient(databaseUrl, (client) =>
    client.query(
      `INSERT INTO password_resets (account_id, id, user_id, digest, address, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + interval '1 hour')`,
      [accountId, id, userId, digest, address],
    ),
  );
  return secret;
}
