import { findAccount } from '../../accounts/find-accounts.ts';
import type { StartedSession } from '../../sign-in/start-session.ts';
import { findUser } from '../../users/find-users.ts';
import { toAccount } from '../accounts/account.type.ts';
import type { MutationContext } from '../request/request-context.ts';
import { toSession } from '../sessions/session.type.ts';
import { toUser } from '../users/user.type.ts';
import type { SignedInPayload } from './sign-in.type.ts';

/** The answer to whoever has just signed in, who reads it as the person they are now. */
export async function answerOfSignIn(
  context: MutationContext,
  { session, secret, viewer }: StartedSession,
): Promise<SignedInPayload> {
  const { db } = context;
  const { accountId, userId } = viewer;
  const user = await findUser(db, accountId, userId, { connectionId: null, withTeams: false });
  const account = await findAccount(db, accountId);
  if (user === undefined || account === undefined) throw new Error('Who just signed in is gone.');
  context.answersTo = viewer;
  return {
    session: toSession(session, viewer.sessionId),
    secret,
    user: toUser(user),
    account: toAccount(account),
  };
}
