import { describe, expect, it } from 'vitest';
import { resolveAttribute } from '../schema/resolve-attribute.ts';
import { groupResourceType, userResourceType } from '../schema/resource-type.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/urns.ts';
import { mistypedEnterpriseUrn } from './mistyped-enterprise-urn.ts';
import { rootEnterpriseAttributes } from './root-enterprise-attributes.ts';

describe('resolveAttribute', () => {
  it('takes root-level enterprise attributes only where that is opted into', () => {
    const resolve = (path: string) =>
      resolveAttribute(userResourceType, path, [rootEnterpriseAttributes])?.path;
    expect(resolve('manager')).toBe(`${ENTERPRISE_USER_SCHEMA}:manager`);
    expect(resolve('Department')).toBe(`${ENTERPRISE_USER_SCHEMA}:department`);
    expect(resolve('displayName')).toBe('displayName');
    expect(resolve('nothing')).toBeUndefined();
    expect(resolveAttribute(groupResourceType, 'manager', [rootEnterpriseAttributes])).toBeUndefined();
  });

  it('takes the mistyped enterprise URN only where that is opted into', () => {
    const path = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User:department';
    expect(resolveAttribute(userResourceType, path)).toBeUndefined();
    expect(resolveAttribute(userResourceType, path, [mistypedEnterpriseUrn])?.attribute.name).toBe(
      'department',
    );
  });
});
