import type { RawBuilder } from 'kysely';
import type { InSql } from '../database/statement.ts';
import type { AuthorshipInSql } from '../events/record-events.ts';

/** A change of who is in teams, before it is made, as parts of the statement that makes it. */
export interface MembersChange {
  readonly accountId: InSql<string>;
  /** The teams that are there already, a uuid[]. */
  readonly teams: RawBuilder<unknown>;
  /** Who may join, and who may leave, a uuid[] each; left out where nobody does. The statement itself holds whoever joins. */
  readonly comers?: RawBuilder<unknown> | undefined;
  readonly leavers?: RawBuilder<unknown> | undefined;
  /** May everybody leave who is in them? */
  readonly everybody?: boolean;
  /** The names that teams get, a text[]; left out where they get none. */
  readonly names?: RawBuilder<unknown> | undefined;
  /** The connection that asks, and gives the names. */
  readonly connectionId: InSql<string | null>;
  /** What whoever asks may do; null for an identity provider, which is not held to it. */
  readonly permissions: InSql<readonly string[] | null>;
  /** The session or token by which they ask, if it is one. */
  readonly credentialId: InSql<string | null>;
}

/** Who joined or left which team, and which teams were made or renamed, once it is written. */
export interface MembersChanged {
  readonly authorship: AuthorshipInSql;
  /** What `begin` answered. */
  readonly begun: RawBuilder<unknown>;
  /** A table of user_id, and what the memberships carry or carried. */
  readonly moved: RawBuilder<unknown>;
  /** A uuid[]; none when left out. */
  readonly named?: RawBuilder<unknown> | undefined;
}

/** What has to follow from who is in a team, in the statement that changes it (docs/decisions/0020-followers.md). */
export interface MembersFollower {
  /**
   * The jsonb that is worked out once the locks of the teams are held, and before any row is: NULL where nothing has to
   * follow. Otherwise it holds what it is going to change. It may refuse the change.
   */
  begin(change: MembersChange): RawBuilder<unknown>;
  /** The column in which memberships carry what it keeps, and its value for whoever joins a team, by what `begin` answered. */
  readonly carried: RawBuilder<unknown>;
  carriedInto(team: RawBuilder<unknown>, begun: RawBuilder<unknown>): RawBuilder<unknown>;
  /** The changes, as jsonb, with which the event that somebody joins or leaves tells what they get or lose by it, as it is carried. */
  told(carried: RawBuilder<unknown>, begun: RawBuilder<unknown>, joins: boolean): RawBuilder<unknown>;
  /** SELECT of the events that tell what it has done; it looks at the members as they have just been written. */
  follow(change: MembersChanged): RawBuilder<unknown>;
  /** SELECT of the events that tell what has followed from teams that are gone by now, in a statement of its own. */
  settle(accountId: string): RawBuilder<unknown>;
}

export type MembersFollowers = readonly MembersFollower[];
