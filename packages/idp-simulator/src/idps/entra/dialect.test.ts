import { describe, expect, it } from 'vitest';
import { ENTERPRISE_SCHEMA } from '../../scim/resources.ts';
import { asStored, sample } from '../../testing/people.ts';
import { entra } from './dialect.ts';

const { person, group } = sample('entra');
const stored = asStored(entra.userBody(person));
const MANAGER = `${ENTERPRISE_SCHEMA}:manager`;
const patch = (path: string, ...Operations: unknown[]) => ({
  method: 'PATCH',
  path,
  body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations },
  expect: [200, 204],
});

it('tests the connection with a GUID that nobody is called, the same for the same seed', () => {
  const [check] = entra.connectionChecks(1);
  expect(decodeURIComponent(check?.request.path ?? '')).toMatch(
    /^\/Users\?filter=userName eq "[0-9a-f-]{36}"$/,
  );
  expect(check?.wantsEmptyList).toBe(true);
  expect(entra.connectionChecks(1)).toEqual(entra.connectionChecks(1));
  expect(entra.connectionChecks(2)).not.toEqual(entra.connectionChecks(1));
});

it('sends no User-Agent', () => {
  expect(entra.headers).toEqual({});
});

it('matches groups without their members', () => {
  const { path } = entra.findGroup('Sales & "More"');
  expect(decodeURIComponent(path)).toBe(
    '/Groups?excludedAttributes=members&filter=displayName eq "Sales & \\"More\\""',
  );
  expect(path).not.toContain('Sales & ');
});

describe('a user', () => {
  it('is created without nulls, password, groups or manager', () => {
    const body = entra.userBody(person);
    expect(JSON.stringify(body)).not.toMatch(/null|password|"groups"|manager"/);
    expect(body).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE_SCHEMA],
      externalId: person.externalId,
      active: true,
      emails: [{ primary: true, type: 'work', value: person.userName }],
      [ENTERPRISE_SCHEMA]: { department: person.department, employeeNumber: person.employeeNumber },
    });
  });

  it('is left alone when nothing differs', () => {
    expect(entra.updateUser(person, stored)).toEqual([]);
  });

  it('is soft-deleted with the string False and brought back with True', () => {
    expect(entra.updateUser({ ...person, active: false }, stored)).toEqual([
      patch('/Users/id-1', { op: 'Replace', path: 'active', value: 'False' }),
    ]);
    expect(entra.updateUser(person, { ...stored, active: false })).toEqual([
      patch('/Users/id-1', { op: 'Replace', path: 'active', value: 'True' }),
    ]);
  });

  it('is changed by one operation per attribute', () => {
    const moved = { ...person, department: 'Legal', mobilePhone: '+1 212 555 0100' };
    expect(entra.updateUser(moved, stored)).toEqual([
      patch(
        '/Users/id-1',
        { op: 'Replace', path: 'phoneNumbers[type eq "mobile"].value', value: '+1 212 555 0100' },
        { op: 'Replace', path: `${ENTERPRISE_SCHEMA}:department`, value: 'Legal' },
      ),
    ]);
  });

  it('gets, changes and loses a manager as a bare id', () => {
    const managed = { ...stored, [ENTERPRISE_SCHEMA]: { manager: { value: 'boss' } } };
    expect(entra.assignManager(stored, 'boss')).toEqual([
      patch('/Users/id-1', { op: 'Add', path: MANAGER, value: 'boss' }),
    ]);
    expect(entra.assignManager(managed, 'other')).toEqual([
      patch('/Users/id-1', { op: 'Replace', path: MANAGER, value: 'other' }),
    ]);
    expect(entra.assignManager(managed, undefined)).toEqual([
      patch('/Users/id-1', { op: 'Remove', path: MANAGER }),
    ]);
    expect(entra.assignManager(managed, 'boss')).toEqual([]);
  });
});

describe('a group', () => {
  it('is created empty, with the schema of Microsoft', () => {
    expect(entra.groupBody(group)).toEqual({
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:Group',
        'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
      ],
      externalId: group.externalId,
      displayName: 'Rollcall Admins',
      meta: { resourceType: 'Group' },
    });
  });

  it('is renamed by its attribute', () => {
    const current = asStored(entra.groupBody(group));
    expect(entra.updateGroup({ ...group, displayName: 'Owners' }, current)).toEqual([
      patch('/Groups/id-1', { op: 'Replace', path: 'displayName', value: 'Owners' }),
    ]);
    expect(entra.updateGroup(group, current)).toEqual([]);
  });

  it('gains and loses members by their ids in value, a hundred at a time', () => {
    const added = Array.from({ length: 101 }, (_, at) => ({ id: `u${at}`, userName: 'x' }));
    const requests = entra.changeMembers(group, 'g1', { added, removed: ['r1'] });
    expect(requests).toHaveLength(3);
    expect(requests[1]).toEqual(
      patch('/Groups/g1', { op: 'Add', path: 'members', value: [{ value: 'u100' }] }),
    );
    expect(requests[2]).toEqual(
      patch('/Groups/g1', { op: 'Remove', path: 'members', value: [{ value: 'r1' }] }),
    );
    expect(entra.changeMembers(group, 'g1', { added: [], removed: [] })).toEqual([]);
  });
});
