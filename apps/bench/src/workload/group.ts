import { expectEqual, expectStatus, idOf, valueAt, WrongAnswer } from './expect.ts';
import type { Answer, ScimClient } from './scim-client.ts';

/** A group, and the ids of those who must be in it. */
export interface Group {
  readonly id: string;
  readonly members: Set<string>;
}

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Makes a group without members. */
export async function createGroup(scim: ScimClient, displayName: string): Promise<Group> {
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
  const answer = await scim.send('POST', '/Groups', { schemas, displayName, members: [] });
  expectStatus(answer, 201);
  expectEqual(answer, 'displayName', displayName, valueAt(answer.body, 'displayName'));
  return { id: idOf(answer, answer.body), members: new Set() };
}

/** Adds members by one PATCH, as Microsoft Entra ID does. */
export async function addMembers(scim: ScimClient, group: Group, ids: readonly string[]): Promise<void> {
  const value = ids.map((id) => ({ value: id }));
  await patch(scim, group, { op: 'Add', path: 'members', value });
  for (const id of ids) group.members.add(id);
}

/** Removes a member by one PATCH. */
export async function removeMember(scim: ScimClient, group: Group, id: string): Promise<void> {
  await patch(scim, group, { op: 'Remove', path: `members[value eq "${id}"]` });
  group.members.delete(id);
}

async function patch(scim: ScimClient, { id }: Group, operation: object): Promise<void> {
  const answer = await scim.send('PATCH', `/Groups/${id}`, { schemas: [PATCH], Operations: [operation] });
  expectStatus(answer, 200, 204);
}

/** Reads a group whole. @throws WrongAnswer when it has other members than it must have */
export async function expectMembers(scim: ScimClient, { id, members }: Group): Promise<void> {
  const answer = await scim.send('GET', `/Groups/${id}`);
  expectStatus(answer, 200);
  const got = memberIds(answer);
  expectEqual(answer, 'members', members.size, got.size);
  for (const member of members) {
    if (!got.has(member)) throw new WrongAnswer(answer, 'a member', member, undefined);
  }
}

function memberIds(answer: Answer): Set<unknown> {
  const members = valueAt(answer.body, 'members') ?? [];
  if (!Array.isArray(members)) throw new WrongAnswer(answer, 'members', [], members);
  const ids = new Set(members.map((member) => valueAt(member, 'value')));
  expectEqual(answer, 'different members', members.length, ids.size);
  return ids;
}

/** Deletes a group. */
export async function deleteGroup(scim: ScimClient, { id }: Group): Promise<void> {
  expectStatus(await scim.send('DELETE', `/Groups/${id}`), 204);
}
