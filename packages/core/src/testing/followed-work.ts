import { allFollowers } from '../core.ts';
import type { Database } from '../database/database.ts';
import { committedWork } from '../database/work.ts';
import { type FollowedWork, withFollowers } from '../followers/follower.ts';

/** Work that commits, as a mutation has it. */
export const followedWork = (database: Database): FollowedWork =>
  withFollowers(committedWork(database), allFollowers, null);
