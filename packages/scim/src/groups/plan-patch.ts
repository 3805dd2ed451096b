import type { DirectUpdate, JsonObject, MemberChange } from '@rollcall/scim-protocol';
import { isResourceId } from '../addresses/resource-id.ts';
import { memberIds, type TeamChange, toWholeGroup } from './from-scim.ts';

/** Plans a PATCH of a group (RFC 7644 §3.5.2) as one change whose size is that of the request. */
export function planMemberChange(change: MemberChange): TeamChange {
  const { setMembers, addMembers, removeMembers, attributes } = change;
  const planned = planAttributes(attributes);
  if (setMembers !== undefined) planned.setMemberIds = memberIds(setMembers);
  if (addMembers.length > 0) planned.addMemberIds = memberIds(addMembers);
  // Removing who is no member changes nothing, so an id that nobody can have is no reason to fail.
  const removed = removeMembers.filter(isResourceId);
  if (removed.length > 0) planned.removeMemberIds = memberIds(removed);
  return planned;
}

function planAttributes(attributes: DirectUpdate): TeamChange {
  const planned: TeamChange = {};
  const displayName = attributes.get('displayName');
  if (typeof displayName === 'string') planned.displayName = displayName;
  const externalId = attributes.get('externalId');
  if (externalId !== undefined) planned.externalId = typeof externalId === 'string' ? externalId : null;
  return planned;
}

/** Plans the change that leads from one state of a Group resource to another. */
export function planGroupDifference(before: JsonObject, after: JsonObject): TeamChange {
  const was = toWholeGroup(before);
  const is = toWholeGroup(after);
  const planned: TeamChange = {};
  if (is.displayName !== was.displayName) planned.displayName = is.displayName;
  if (is.externalId !== was.externalId) planned.externalId = is.externalId;
  const members = new Set(was.memberIds);
  const remaining = new Set(is.memberIds);
  const added = is.memberIds.filter((id) => !members.has(id));
  const removed = was.memberIds.filter((id) => !remaining.has(id));
  if (added.length > 0) planned.addMemberIds = added;
  if (removed.length > 0) planned.removeMemberIds = removed;
  return planned;
}
