import { expect, test } from 'vitest';
import type { MappableTeam, Mapping } from './api/group-mapping.ts';
import { pushedGroups, waitingGroups } from './mapped-groups.ts';

const mapping = (role: string, name: string, teamId?: string): Mapping => ({
  __typename: 'RoleMapping',
  id: `${role} ${name}`,
  createdAt: '2026-01-01T00:00:00Z',
  createdBy: { kind: 'USER', id: 'ada', name: 'Ada' },
  role: { __typename: 'Role', id: role, name: role, description: null, builtIn: true, exclusive: false },
  group: { name, pushed: teamId !== undefined, team: teamId ? { __typename: 'Team', id: teamId } : null },
});
const team = (id: string, displayName: string) => ({ id, displayName }) as MappableTeam;
const rolesOf = ({ mappings }: { mappings: Mapping[] }) => mappings.map(({ role }) => role.name);

test('a pushed group has its mappings, whatever it is called by now', () => {
  const groups = pushedGroups(
    [team('1', 'Product'), team('2', 'Sales')],
    [mapping('user', 'product', '1'), mapping('admin', 'product', '1'), mapping('user', 'Later')],
  );
  expect(groups.map(rolesOf)).toEqual([['user', 'admin'], []]);
});

test('groups that wait stand together by name, whatever its case, and can be searched', () => {
  const mappings = [mapping('user', 'Zeta'), mapping('admin', 'Later'), mapping('user', 'LATER')];
  expect(waitingGroups(mappings, '').map(({ name }) => name)).toEqual(['Later', 'Zeta']);
  expect(waitingGroups(mappings, 'late').map(rolesOf)).toEqual([['admin', 'user']]);
  expect(waitingGroups([mapping('user', 'Product', '1')], '')).toEqual([]);
});
