import type { Group, Person } from '../directory/directory.ts';
import type { IdpName } from '../directory/identifiers.ts';
import type { Resource } from '../scim/resources.ts';
import type { JsonObject, ScimRequest } from '../scim/scim-request.ts';

/** One request of "Test Connection", and what its answer must be beyond the status. */
export interface ConnectionCheck {
  readonly request: ScimRequest;
  /** Whether the list must be empty, as for a user who can't exist. */
  readonly wantsEmptyList: boolean;
}

/** A member as it is written into a group. */
export interface Member {
  readonly id: string;
  /** The name that goes along where the identity provider sends one. */
  readonly userName: string;
}

/** Members to add to and ids to remove from a group. */
export interface MembershipChange {
  readonly added: readonly Member[];
  readonly removed: readonly string[];
}

/** How one identity provider says things in SCIM: pure functions from intents to requests. */
export interface Dialect {
  readonly idp: IdpName;
  readonly headers: Readonly<Record<string, string>>;
  connectionChecks(seed: number): readonly ConnectionCheck[];
  findUser(userName: string): ScimRequest;
  findGroup(displayName: string): ScimRequest;
  /** The user as the identity provider wants it, without manager; also the body of a create. */
  userBody(person: Person): JsonObject;
  /** The group as the identity provider wants it, without members; also the body of a create. */
  groupBody(group: Group): JsonObject;
  /** What brings the user from the current state to the wanted one; nothing when they do not differ. */
  updateUser(person: Person, current: Resource): readonly ScimRequest[];
  /** Sets the manager, or clears it when there is none. */
  assignManager(current: Resource, managerId: string | undefined): readonly ScimRequest[];
  updateGroup(group: Group, current: Resource): readonly ScimRequest[];
  changeMembers(group: Group, id: string, change: MembershipChange): readonly ScimRequest[];
}

/** The items in batches of at most `size`. */
export function batches<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}
