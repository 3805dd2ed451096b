import type { SchemaType } from '@rollcall/graphql-client';
import { invalidValue, isJsonObject, type JsonObject, type JsonValue } from '@rollcall/scim-protocol';
import { isResourceId } from '../addresses/resource-id.ts';

/** A whole group as the body of a POST or PUT has it. */
export interface WholeGroup {
  displayName: string;
  externalId: string | null;
  memberIds: string[];
}

/** What a change of a team says, but of which and at which version. */
export type TeamChange = Omit<SchemaType<'UpdateTeamInput'>, 'id' | 'ifVersion'>;

/** Reads a parsed Group resource, all of it: what it does not have is cleared (RFC 7644 §3.5.1). */
export function toWholeGroup(resource: JsonObject): WholeGroup {
  return {
    displayName: typeof resource.displayName === 'string' ? resource.displayName : '',
    externalId: typeof resource.externalId === 'string' ? resource.externalId : null,
    memberIds: toMemberIds(resource.members),
  };
}

/** The ids of the members, each once; an id tells by itself whether it is a User's or a Group's, so `type` is not needed. */
function toMemberIds(members: JsonValue | undefined): string[] {
  if (!Array.isArray(members)) return [];
  return memberIds(members.map((member) => (isJsonObject(member) ? member.value : undefined)));
}

/**
 * The ids, each once.
 * @throws ScimError invalidValue for what can be nobody's id
 */
export function memberIds(values: readonly (JsonValue | undefined)[]): string[] {
  const ids = new Set<string>();
  for (const value of values) {
    if (typeof value !== 'string' || !isResourceId(value)) throw unknownMember(value);
    ids.add(value.toLowerCase());
  }
  return [...ids];
}

function unknownMember(value: JsonValue | undefined) {
  const shown = JSON.stringify(value ?? null).slice(0, 80);
  return invalidValue('members', `has ${shown}, which is not the id of a User or Group. Provision it first.`);
}
