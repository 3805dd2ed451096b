/** The few attributes that the GraphQL schema calls differently, because SCIM's word means something else there. */
const scimNames: ReadonlyMap<string, string> = new Map([
  ['directoryRoles', 'roles'],
  ['teams', 'groups'],
  ['memberIds', 'members'],
  ['setMemberIds', 'members'],
  ['addMemberIds', 'members'],
  ['removeMemberIds', 'members'],
]);

/** Where an item of a batch has its place: that one operation of a bulk request is an item is nobody else's business. */
const ofBatch = /^(?:users|teams|changes)\[\d+\]\./;

/** The SCIM attribute behind a field of a GraphQL input, or the part of one that a path such as `name.givenName` names. */
export function scimAttributeOf(field: string): string {
  const path = field.replace(ofBatch, '');
  const name = /^\w+/.exec(path)?.[0] ?? '';
  const scimName = scimNames.get(name);
  return scimName === undefined ? path : scimName + path.slice(name.length);
}
