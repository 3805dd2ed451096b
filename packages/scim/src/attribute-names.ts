/** The few attributes that the GraphQL schema calls differently, because SCIM's word means something else there. */
const scimNames: ReadonlyMap<string, string> = new Map([
  ['directoryRoles', 'roles'],
  ['teams', 'groups'],
  ['memberIds', 'members'],
  ['setMemberIds', 'members'],
  ['addMemberIds', 'members'],
  ['removeMemberIds', 'members'],
]);

/** The SCIM attribute behind a field of a GraphQL input. */
export function scimAttributeOf(field: string): string {
  return scimNames.get(field) ?? field;
}
