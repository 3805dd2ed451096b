import { buildDirectory } from '../directory/build-directory.ts';
import type { Group, Person } from '../directory/directory.ts';
import type { IdpName } from '../directory/identifiers.ts';
import type { Resource } from '../scim/resources.ts';
import type { JsonObject } from '../scim/scim-request.ts';

/** A person and a group of a small organisation. */
export function sample(idp: IdpName): { person: Person; group: Group } {
  const [{ people, groups }] = buildDirectory({ idp, seed: 1, users: 30, groups: 3 }).generations;
  const person = people[4];
  const group = groups[0];
  if (person === undefined || group === undefined) throw new Error('the sample organisation is too small');
  return { person, group };
}

/** The resource as a server returns it that has just created it. */
export function asStored(body: JsonObject, more: JsonObject = {}): Resource {
  const { password: _password, ...kept } = body;
  return { ...kept, meta: { resourceType: 'User', version: 'W/"1"' }, ...more, id: 'id-1' };
}
