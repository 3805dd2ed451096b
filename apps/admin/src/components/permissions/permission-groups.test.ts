import { expect, test } from 'vitest';
import { groupedPermissions } from './permission-groups.ts';

const permission = (id: string) => ({ __typename: 'Permission' as const, id, title: id, description: '' });

test('permissions stand under what they are about, and none is left out', () => {
  const ids = ['account:read', 'users:read', 'structure:write', 'tokens:read', 'new:write', 'users:write'];
  const grouped = groupedPermissions(ids.map(permission)).map(
    ({ title, permissions }) => `${title}: ${permissions.map(({ id }) => id).join(', ')}`,
  );
  expect(grouped).toEqual([
    'People: users:read, users:write',
    'Teams: structure:write',
    'Roles and tokens: tokens:read',
    'Account and connections: account:read, new:write',
  ]);
});
