import type { UserViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import { verifyPassword } from '../passwords/password.ts';
import { beginAttempt, forgiveAttempt } from './sign-in-attempts.ts';
import { tellFailedAttempt } from './tell-failed-attempt.ts';

/** Who is signed in and shows their password once more. */
export interface PasswordShower {
  /** Writes at once, whatever becomes of the request. */
  readonly attempts: Sql;
  readonly requestId: string;
  readonly address: string | undefined;
  readonly viewer: UserViewer;
}

/** Is it the password of whoever is signed in? Wrong ones count, and are told, as attempts to sign in. @throws DomainError RATE_LIMITED */
export async function showsOwnPassword(
  { attempts, requestId, address, viewer: { accountId, userId } }: PasswordShower,
  { userName, digest }: { readonly userName: string; readonly digest: string },
  password: string,
): Promise<boolean> {
  const attempt = await beginAttempt(attempts, { email: userName, address, accountIds: [accountId] });
  const isRight = await verifyPassword(digest, password);
  const people = [{ account_id: accountId, user_id: userId }];
  if (isRight) await forgiveAttempt(attempts, attempt);
  else await tellFailedAttempt(attempts, people, { attempt, address, requestId });
  return isRight;
}
