import {
  groupResourceType,
  type MemberChange,
  parsePatchRequest,
  ScimError,
  toMemberChange,
} from '@rollcall/scim-protocol';
import type { BulkTask } from './task.ts';

/**
 * Who joins and who leaves by a PATCH of a group that does nothing else; references are left as they are. Undefined for
 * everything else, also for what is not valid: that is told when it is carried out.
 */
export function findMemberChange({
  operation,
  target,
}: Pick<BulkTask, 'operation' | 'target'>): MemberChange | undefined {
  const { method, version, data } = operation;
  if (target.type !== 'Group' || method !== 'PATCH' || version !== undefined) return undefined;
  try {
    const change = toMemberChange(parsePatchRequest(data, groupResourceType, { resourceId: target.id }));
    return change !== undefined && changesMembersAlone(change) ? change : undefined;
  } catch (error) {
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}

function changesMembersAlone({ setMembers, attributes }: MemberChange): boolean {
  return setMembers === undefined && attributes.size === 0;
}
