import type { Sql } from '../database/database.ts';
import { WrongFactor } from './shown-factor.ts';
import { beginFactorAttempt, type FactorClaim, forgiveAttempt } from './sign-in-attempts.ts';
import { tellFailedAttempt } from './tell-failed-attempt.ts';

/** Whose factor is tried, from where and in which request. */
export interface FactorTrial extends FactorClaim {
  readonly requestId: string;
}

/** Counts that a second factor is tried, has it looked at, and tells of it where it was wrong. */
export async function tryFactor<Result>(
  attempts: Sql,
  trial: FactorTrial,
  look: () => Promise<Result>,
): Promise<Result> {
  const attempt = await beginFactorAttempt(attempts, trial);
  try {
    const result = await look();
    await forgiveAttempt(attempts, attempt);
    return result;
  } catch (error) {
    if (error instanceof WrongFactor) {
      const { accountId, userId, address, requestId } = trial;
      const people = [{ account_id: accountId, user_id: userId }];
      await tellFailedAttempt(attempts, people, { attempt, address, requestId, factor: error });
    }
    throw error;
  }
}
