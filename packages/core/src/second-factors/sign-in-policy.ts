import type { Sql } from '../database/database.ts';
import type { SecondFactorPolicy } from '../model/account.entity.ts';

/** What an account asks of people who sign in, and who do what is dangerous. */
export interface SignInPolicy {
  readonly secondFactor: SecondFactorPolicy;
  /** Is a proof of late asked for? */
  readonly stepUp: boolean;
}

/** The policy of the account, as it is just now. */
export async function findSignInPolicy(db: Sql, accountId: string): Promise<SignInPolicy> {
  return db
    .selectFrom('accounts')
    .select(['second_factor as secondFactor', 'step_up as stepUp'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
}
