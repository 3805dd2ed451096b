import type { RawBuilder } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { InSql } from '../database/statement.ts';
import type { Work } from '../database/work.ts';
import type { AuthorshipInSql } from '../events/record-events.ts';
import type { Authorship } from '../model/event.ts';
import type { MembersFollowers } from './members-follower.ts';

/** What a change of somebody is to a follower, as parts of the statement that makes it. */
export interface FollowedPerson {
  /** Whose doing the change is. */
  readonly authorship: AuthorshipInSql;
  readonly id: RawBuilder<unknown>;
  /** What `begin` gave. */
  readonly begun: RawBuilder<unknown>;
}

/**
 * What has to follow from changes of people, in the same transaction (docs/decisions/0020-followers.md). Most changes it
 * follows up in the statement that makes them, with few rows and without waiting for anybody else's. Of the others its part
 * of the statement says that they take more, and nothing is written; then they are made anew, in a transaction that `hold`
 * begins and `keep` ends.
 */
export interface Follower {
  /** May anything follow from these attributes, under some setting of the account? */
  mayFollowFrom(attributes: readonly string[]): boolean;
  /**
   * The value that a statement works out before it writes anything: NULL where nothing has to follow, or nothing from these
   * attributes; without a list, from anything. It waits until nobody is at work who has the account to themselves.
   */
  begin(accountId: InSql<string>, attributes?: readonly string[]): RawBuilder<unknown>;
  /** SELECT of the events that tell what it has done, in order; it looks at the person as the statement has just written them. */
  follow(person: FollowedPerson): RawBuilder<unknown>;
  /** The value that waits until the transaction has the account to itself: does anything have to follow? */
  hold(accountId: string): RawBuilder<unknown>;
  /** Follows up whatever became of these people; a constant number of statements. */
  keep(db: Sql, authorship: Authorship, userIds: readonly string[]): Promise<void>;
}

export type Followers = readonly Follower[];

/** What follows from changes of people, and from changes of who is in teams. */
export interface AllFollowers {
  readonly followers: Followers;
  readonly membersFollowers: MembersFollowers;
}

/** Work that knows what has to follow from it. */
export interface FollowedWork extends Work, AllFollowers {
  /** What whoever asks may do, to which followers hold them; null for an identity provider, which is held to nothing. */
  readonly permissions: readonly string[] | null;
  /** The session or token by which they ask, which may allow less by the time that locks are held; null for operators. */
  readonly credentialId: string | null;
}

export const withFollowers = (
  work: Work,
  { followers, membersFollowers }: AllFollowers,
  permissions: readonly string[] | null,
  credentialId: string | null = null,
): FollowedWork => ({
  db: work.db,
  statement: work.statement,
  attempt: work.attempt,
  transaction: work.transaction,
  tryBesideOthers: work.tryBesideOthers,
  followers,
  membersFollowers,
  permissions,
  credentialId,
});
