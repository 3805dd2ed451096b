import type { Permission } from './permission-fields.ts';

/** What permissions are about, by how their ids begin; what is new lands under the last. */
const groups: readonly { title: string; subjects: readonly string[] }[] = [
  { title: 'People', subjects: ['users', 'attributes'] },
  { title: 'Teams', subjects: ['teams', 'structure'] },
  { title: 'Roles and tokens', subjects: ['roles', 'tokens'] },
];
const rest = 'Account and connections';

const groupOf = ({ id }: Permission): string =>
  groups.find(({ subjects }) => subjects.includes(id.split(':')[0] ?? ''))?.title ?? rest;

/** Permissions under what they are about, in the order in which people think of it. */
export function groupedPermissions(
  permissions: readonly Permission[],
): { title: string; permissions: Permission[] }[] {
  return [...groups.map(({ title }) => title), rest]
    .map((title) => ({ title, permissions: permissions.filter((each) => groupOf(each) === title) }))
    .filter(({ permissions: those }) => those.length > 0);
}
