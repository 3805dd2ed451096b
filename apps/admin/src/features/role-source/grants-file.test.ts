import { expect, test } from 'vitest';
import type { ErasedGrant } from './api/role-source.ts';
import { exportHead, exportRows, exportTail } from './grants-file.ts';

const grant = (more: object): ErasedGrant =>
  ({
    id: '1',
    source: 'SSO_MAPPING',
    grantedAt: '2026-01-02T03:04:05.000Z',
    requestId: 'r1',
    grantedBy: { kind: 'SYSTEM', id: null, name: 'Sign-in' },
    signIn: { signInConnectionName: 'Contoso', group: 'Staff' },
    user: { id: 'u1', userName: 'ada@example.com', displayName: 'Ada "The", First' },
    role: { id: 'r', name: 'admin' },
    rolesAfterwards: [{ name: 'user' }, { name: 'Clerk' }],
    ...more,
  }) as unknown as ErasedGrant;

test('grants are lines of CSV, and items of JSON, in however many pages they come', () => {
  const pages = [
    [grant({})],
    [grant({ source: 'MANUAL', signIn: null, user: { id: 'u2', userName: '=1' } })],
  ];
  const fileOf = (format: 'csv' | 'json') =>
    [
      exportHead(format),
      ...pages.map((page, n) => exportRows(format, page, n === 0)),
      exportTail(format),
    ].join('');
  const [head, first, second] = fileOf('csv').split('\r\n');
  expect(head).toBe(
    '\ufeffuserId,userName,displayName,role,source,grantedAt,grantedBy,requestId,signInConnection,group,rolesAfterwards',
  );
  expect(first).toBe(
    'u1,ada@example.com,"Ada ""The"", First",admin,SSO_MAPPING,2026-01-02T03:04:05.000Z,Sign-in,r1,Contoso,Staff,user; Clerk',
  );
  expect(second).toMatch(/^u2,'=1,,admin,MANUAL,/);
  expect(JSON.parse(fileOf('json'))).toMatchObject([
    { userId: 'u1', displayName: 'Ada "The", First', rolesAfterwards: 'user; Clerk' },
    { userId: 'u2', userName: '=1', group: '' },
  ]);
  expect(JSON.parse(exportHead('json') + exportTail('json'))).toEqual([]);
});
