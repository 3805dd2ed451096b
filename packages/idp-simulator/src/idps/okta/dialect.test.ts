import { describe, expect, it } from 'vitest';
import { ENTERPRISE_SCHEMA } from '../../scim/resources.ts';
import { asStored, sample } from '../../testing/people.ts';
import { okta } from './dialect.ts';

const { person, group } = sample('okta');
const stored = asStored(okta.userBody(person), { groups: [{ value: 'g1' }], nickName: 'kept' });

it('names itself and tests both collections', () => {
  expect(okta.headers).toEqual({ 'user-agent': 'Okta SCIM Client 1.0.0' });
  expect(okta.connectionChecks(1).map(({ request }) => request.path)).toEqual([
    '/Users?startIndex=1&count=2',
    '/Groups?startIndex=1&count=100',
  ]);
});

it('looks people and groups up a hundred at a time', () => {
  expect(okta.findUser('a+b@corp.example').path).toBe(
    '/Users?filter=userName%20eq%20%22a%2Bb%40corp.example%22&startIndex=1&count=100',
  );
  expect(okta.findGroup('Sales').path).toBe(
    '/Groups?filter=displayName%20eq%20%22Sales%22&startIndex=1&count=100',
  );
});

describe('a user', () => {
  it('is created with a placeholder password and an empty list of groups', () => {
    const body = okta.userBody(person);
    expect(body).toMatchObject({ groups: [], active: true, externalId: person.externalId });
    expect(body.password).toMatch(/^[A-Za-z]{14}4!$/);
    expect(okta.userBody(person)).toEqual(body);
  });

  it('is left alone when nothing differs', () => {
    expect(okta.updateUser(person, stored)).toEqual([]);
  });

  it('is deactivated by a PATCH without path', () => {
    const [request, ...others] = okta.updateUser({ ...person, active: false }, stored);
    expect(others).toEqual([]);
    expect(request).toMatchObject({
      method: 'PATCH',
      body: { Operations: [{ op: 'replace', value: { active: false } }] },
    });
  });

  it('is changed by a PUT of everything, id, meta and groups included', () => {
    const managed = {
      ...stored,
      [ENTERPRISE_SCHEMA]: { department: 'Sales', manager: { value: 'boss' }, division: 'kept' },
    };
    const [request, ...others] = okta.updateUser({ ...person, title: 'Boss', department: 'Legal' }, managed);
    expect(others).toEqual([]);
    expect(request).toMatchObject({ method: 'PUT', path: '/Users/id-1', expect: [200] });
    expect(request?.body).toMatchObject({
      id: 'id-1',
      meta: { resourceType: 'User' },
      groups: [{ value: 'g1' }],
      nickName: 'kept',
      title: 'Boss',
      [ENTERPRISE_SCHEMA]: { department: 'Legal', division: 'kept', manager: { value: 'boss' } },
    });
    expect(request?.body).not.toHaveProperty('password');
  });

  it('gets and loses a manager by PUT', () => {
    const [request] = okta.assignManager(stored, 'boss');
    expect(request?.body).toMatchObject({ id: 'id-1', [ENTERPRISE_SCHEMA]: { manager: { value: 'boss' } } });
    const managed = { ...stored, [ENTERPRISE_SCHEMA]: { department: 'IT', manager: { value: 'boss' } } };
    expect(okta.assignManager(managed, 'boss')).toEqual([]);
    const [cleared] = okta.assignManager(managed, undefined);
    expect(cleared?.body?.[ENTERPRISE_SCHEMA]).toEqual({ department: 'IT' });
  });
});

describe('a group', () => {
  it('is renamed with its id in the value', () => {
    const current = asStored(okta.groupBody(group));
    expect(okta.updateGroup(group, current)).toEqual([]);
    expect(okta.updateGroup({ ...group, displayName: 'Owners' }, current)[0]).toMatchObject({
      method: 'PATCH',
      path: '/Groups/id-1',
      body: { Operations: [{ op: 'replace', value: { id: 'id-1', displayName: 'Owners' } }] },
    });
  });

  it('sends its name along, then removals by filter and additions with display together', () => {
    const requests = okta.changeMembers(group, 'g1', {
      added: [{ id: 'u1', userName: 'ada@corp.example' }],
      removed: ['u2'],
    });
    expect(requests.map(({ body }) => body?.Operations)).toEqual([
      [{ op: 'replace', value: { id: 'g1', displayName: 'Rollcall Admins' } }],
      [
        { op: 'remove', path: 'members[value eq "u2"]' },
        { op: 'add', path: 'members', value: [{ value: 'u1', display: 'ada@corp.example' }] },
      ],
    ]);
  });

  it('sends nothing when no member changes, and large changes in batches', () => {
    expect(okta.changeMembers(group, 'g1', { added: [], removed: [] })).toEqual([]);
    const added = Array.from({ length: 250 }, (_, at) => ({ id: `u${at}`, userName: 'x' }));
    expect(okta.changeMembers(group, 'g1', { added, removed: [] })).toHaveLength(4);
  });
});
