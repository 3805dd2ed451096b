import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { attribute } from '../schema/attribute.ts';
import { resolveAttribute } from '../schema/resolve-attribute.ts';
import { groupResourceType, userResourceType, withExtension } from '../schema/resource-type.ts';
import { ENTERPRISE_USER_SCHEMA as ENTERPRISE, USER_SCHEMA } from '../schema/urns.ts';
import { refusalOf } from '../testing/refusal.ts';
import { project } from './project.ts';
import { isProjected, maxProjectedNames, type ProjectionParameters, parseProjection } from './projection.ts';

const user: JsonObject = {
  schemas: [USER_SCHEMA, ENTERPRISE],
  id: '1',
  userName: 'ada',
  password: 'secret',
  name: { givenName: 'Ada', familyName: 'L' },
  emails: [{ value: 'a', type: 'work' }, { type: 'home' }],
  meta: { resourceType: 'User', version: 'W/"1"' },
  [ENTERPRISE]: { department: 'D', manager: { value: 'm', displayName: 'Boss' } },
};

const shown = (parameters: ProjectionParameters) =>
  project(user, parseProjection(parameters, userResourceType), userResourceType);
const minimum = { schemas: user.schemas, id: '1' };

describe('project (RFC 7644 §3.9)', () => {
  it('shows everything by default, except what is never returned', () => {
    const { password, ...rest } = user;
    expect(shown({})).toEqual(rest);
    expect(password).toBe('secret');
  });

  it.each<[string, JsonObject]>([
    ['userName', { userName: 'ada' }],
    ['USERNAME , urn:ietf:params:scim:schemas:core:2.0:User:userName', { userName: 'ada' }],
    ['name.givenName', { name: { givenName: 'Ada' } }],
    ['emails', { emails: user.emails ?? null }],
    ['emails.value', { emails: [{ value: 'a' }] }],
    [ENTERPRISE, { [ENTERPRISE]: user[ENTERPRISE] ?? null }],
    [`${ENTERPRISE}:manager.value`, { [ENTERPRISE]: { manager: { value: 'm' } } }],
    ['password', {}],
    ['shoeSize', {}],
    ['meta.version', { meta: { version: 'W/"1"' } }],
  ])('shows only %s and the minimum', (attributes, expected) => {
    expect(shown({ attributes })).toEqual({ ...minimum, ...expected });
  });

  it('shows all but the excluded ones, never less than the minimum', () => {
    const excludedAttributes = ['id', 'schemas', 'emails', 'name.givenName', 'meta', ENTERPRISE];
    expect(shown({ excludedAttributes })).toEqual({ ...minimum, userName: 'ada', name: { familyName: 'L' } });
  });

  it('takes so many names and no more, however they come', () => {
    const names = Array.from({ length: maxProjectedNames }, () => 'userName');
    expect(shown({ attributes: names })).toEqual({ ...minimum, userName: 'ada' });
    for (const more of [[...names, 'title'], [...names, 'title'].join(',')]) {
      expect(refusalOf(() => shown({ excludedAttributes: more })).scimType).toBe('invalidValue');
    }
  });

  it('lets "attributes" win over "excludedAttributes"', () => {
    expect(shown({ attributes: 'userName', excludedAttributes: 'userName' })).toEqual({
      ...minimum,
      userName: 'ada',
    });
  });

  it('shows on request what is returned on request', () => {
    const type = withExtension(groupResourceType, {
      id: 'urn:example:x',
      name: 'X',
      description: '',
      attributes: [
        attribute('quiet', '', { returned: 'request' }),
        attribute('loud', '', { returned: 'always' }),
      ],
    });
    const group: JsonObject = { id: 'g', 'urn:example:x': { quiet: 'q', loud: 'l' } };
    const show = (parameters: ProjectionParameters) =>
      project(group, parseProjection(parameters, type), type);
    expect(show({})).toEqual({ id: 'g', 'urn:example:x': { loud: 'l' } });
    expect(show({ attributes: 'urn:example:x:quiet' })).toEqual(group);
    expect(show({ excludedAttributes: 'urn:example:x:loud' })).toEqual({
      id: 'g',
      'urn:example:x': { loud: 'l' },
    });
  });

  it('tells beforehand what need not be read', () => {
    const members = resolveAttribute(groupResourceType, 'members');
    const reads = (parameters: ProjectionParameters) =>
      members && isProjected(parseProjection(parameters, groupResourceType), members);
    expect(reads({})).toBe(true);
    expect(reads({ excludedAttributes: 'members' })).toBe(false);
    expect(reads({ attributes: 'displayName' })).toBe(false);
    expect(reads({ attributes: 'members.value' })).toBe(true);
  });

  it('refuses what is no list of names', () => {
    expect(refusalOf(() => shown({ attributes: 5 })).scimType).toBe('invalidValue');
    expect(refusalOf(() => shown({ excludedAttributes: [5] })).scimType).toBe('invalidValue');
  });
});
