import type { SchemaType } from '@rollcall/graphql-client';
import {
  applyPatch,
  groupResourceType,
  type PatchOperation,
  parsePatchRequest,
  parseResource,
  preconditionFailed,
  toMemberChange,
} from '@rollcall/scim-protocol';
import { type WriteCondition, writeIf } from '../conditions.ts';
import { untilNotOvertaken } from '../overtaken.ts';
import type { WriteScope } from '../write-scope.ts';
import {
  CreateTeam,
  CreateTeamWithoutMembers,
  DeleteTeam,
  type TeamResult,
  UpdateTeam,
  UpdateTeamWithoutMembers,
} from './documents.ts';
import { toWholeGroup, type WholeGroup } from './from-scim.ts';
import { planDifference, planMemberChange } from './plan-patch.ts';
import { findGroup } from './read-groups.ts';
import { toScimGroup } from './to-scim.ts';

/** Which group is to be changed, on what condition, and whether the answer shows its members. */
export interface GroupTarget {
  id: string;
  condition: WriteCondition;
  withMembers: boolean;
}

/** Reads the body of a POST or PUT of a Group, all of it (RFC 7644 §3.3, §3.5.1). */
export function readWholeGroup(body: unknown): WholeGroup {
  return toWholeGroup(parseResource(body, groupResourceType));
}

/** Creates a group (RFC 7644 §3.3); the members, whom the request has just named, are read back for their names. */
export async function createGroupFrom(
  { adapter, caller }: WriteScope,
  { withMembers }: Pick<GroupTarget, 'withMembers'>,
  body: unknown,
): Promise<TeamResult> {
  const document = withMembers ? CreateTeam : CreateTeamWithoutMembers;
  const input = readWholeGroup(body);
  const { createTeam } = await adapter.client.execute(document, { input }, caller);
  return createTeam.team;
}

/** Replaces a group (RFC 7644 §3.5.1). */
export function replaceGroupBy(scope: WriteScope, target: GroupTarget, body: unknown): Promise<TeamResult> {
  const { memberIds, ...attributes } = readWholeGroup(body);
  const change = { ...attributes, setMemberIds: memberIds };
  return writeGroup(scope, target, (ifVersion) => update(scope, target, { ...change, ifVersion }));
}

/** Changes a group by operations (RFC 7644 §3.5.2): without reading its members where the operations allow it. */
export function patchGroupBy(scope: WriteScope, target: GroupTarget, body: unknown): Promise<TeamResult> {
  const operations = parsePatchRequest(body, groupResourceType, { resourceId: target.id });
  const memberChange = toMemberChange(operations);
  if (memberChange !== undefined) {
    const change = planMemberChange(memberChange);
    return writeGroup(scope, target, (ifVersion) => update(scope, target, { ...change, ifVersion }));
  }
  return writeGroup(scope, target, (ifVersion) =>
    untilNotOvertaken({
      maxAttempts: scope.adapter.limits.maxPatchAttempts,
      ifVersion,
      attempt: () => patchCurrent(scope, target, { operations, ifVersion }),
    }),
  );
}

/** Deletes a group (RFC 7644 §3.6). */
export async function removeGroup(
  scope: WriteScope,
  target: Omit<GroupTarget, 'withMembers'>,
): Promise<void> {
  const { adapter, caller } = scope;
  await writeGroup(scope, target, (ifVersion) =>
    adapter.client.execute(DeleteTeam, { input: { id: target.id, ifVersion } }, caller),
  );
}

function writeGroup<T>(
  { adapter, caller }: WriteScope,
  { id, condition }: Pick<GroupTarget, 'id' | 'condition'>,
  write: (ifVersion: number | undefined) => Promise<T>,
): Promise<T> {
  return writeIf({
    condition,
    maxAttempts: adapter.limits.maxPatchAttempts,
    currentVersion: async () => (await findGroup(adapter, { id, withMembers: false, caller })).version,
    write,
  });
}

type Update = Omit<SchemaType<'UpdateTeamInput'>, 'id'>;

async function update(
  { adapter, caller }: WriteScope,
  { id, withMembers }: GroupTarget,
  change: Update,
): Promise<TeamResult> {
  const document = withMembers ? UpdateTeam : UpdateTeamWithoutMembers;
  const { updateTeam } = await adapter.client.execute(document, { input: { ...change, id } }, caller);
  return updateTeam.team;
}

interface PatchAttempt {
  operations: readonly PatchOperation[];
  ifVersion: number | undefined;
}

/** Reads, computes, and writes unless somebody else was faster. */
async function patchCurrent(
  scope: WriteScope,
  target: GroupTarget,
  { operations, ifVersion }: PatchAttempt,
): Promise<TeamResult> {
  const { adapter, caller } = scope;
  const team = await findGroup(adapter, { id: target.id, withMembers: true, caller });
  if (ifVersion !== undefined && ifVersion !== team.version) throw preconditionFailed();
  const before = toScimGroup(team, scope.urls);
  const after = applyPatch(before, operations, groupResourceType);
  if (after === before) return team;
  return update(scope, target, { ...planDifference(before, after), ifVersion: team.version });
}
