import { describe, expect, it } from 'vitest';
import { attribute, type SchemaDefinition } from './attribute.ts';
import { findExtension, resolveAttribute } from './resolve-attribute.ts';
import { groupResourceType, userResourceType, withExtension } from './resource-type.ts';
import { ENTERPRISE_USER_SCHEMA } from './urns.ts';

const pathOf = (path: string) => resolveAttribute(userResourceType, path)?.path;

describe('resolveAttribute (RFC 7644 §3.10)', () => {
  it.each([
    ['userName', 'userName'],
    ['USERNAME', 'userName'],
    ['name.FamilyName', 'name.familyName'],
    ['meta.lastmodified', 'meta.lastModified'],
    ['externalid', 'externalId'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName', 'userName'],
    ['URN:IETF:PARAMS:SCIM:SCHEMAS:CORE:2.0:USER:name.givenname', 'name.givenName'],
    [`${ENTERPRISE_USER_SCHEMA}:department`, `${ENTERPRISE_USER_SCHEMA}:department`],
    [`${ENTERPRISE_USER_SCHEMA.toLowerCase()}:manager.value`, `${ENTERPRISE_USER_SCHEMA}:manager.value`],
    [`${ENTERPRISE_USER_SCHEMA}:manager.$ref`, `${ENTERPRISE_USER_SCHEMA}:manager.$ref`],
  ])('%s is %s', (path, canonical) => {
    expect(pathOf(path)).toBe(canonical);
  });

  it.each([
    '',
    'nothing',
    'name.nothing',
    'userName.value',
    'a.b.c',
    'manager',
    'members',
    '__proto__',
    'constructor',
  ])('%s is unknown', (path) => {
    expect(pathOf(path)).toBeUndefined();
  });

  it('finds the longest of two URNs of which one begins the other', () => {
    const schema = (id: string, name: string): SchemaDefinition => ({
      id,
      name,
      description: '',
      attributes: [attribute(name, '')],
    });
    const type = withExtension(
      withExtension(userResourceType, schema('urn:example:custom:1.0', 'badge')),
      schema('urn:example:custom:1.0:User', 'desk'),
    );
    expect(resolveAttribute(type, 'urn:example:custom:1.0:User:desk')?.extension).toBe(
      'urn:example:custom:1.0:User',
    );
    expect(resolveAttribute(type, 'urn:example:custom:1.0:badge')?.extension).toBe('urn:example:custom:1.0');
    expect(resolveAttribute(type, 'urn:example:custom:1.0:User:badge')).toBeUndefined();
  });

  it('knows an extension by its URN in any case', () => {
    expect(findExtension(userResourceType, ENTERPRISE_USER_SCHEMA.toUpperCase())?.name).toBe(
      'EnterpriseUser',
    );
    expect(findExtension(groupResourceType, ENTERPRISE_USER_SCHEMA)).toBeUndefined();
  });
});
