import { describe, expect, it } from 'vitest';
import { findAttribute } from './attribute.ts';
import { resourceTypeSchema, schemaSchema } from './discovery-schemas.ts';
import { enterpriseUserSchema } from './enterprise-user.ts';
import { groupSchema } from './group.ts';
import { renderResourceType, renderSchema } from './render-discovery.ts';
import { groupResourceType, userResourceType } from './resource-type.ts';
import { serviceProviderConfigSchema } from './service-provider-config.ts';
import { userSchema } from './user.ts';

describe('the schemas (RFC 7643 §4, §8.7)', () => {
  it('are called as the RFC calls them', () => {
    const schemas = [userSchema, groupSchema, enterpriseUserSchema, serviceProviderConfigSchema];
    expect(
      [...schemas, resourceTypeSchema, schemaSchema].map(({ name, description }) => [name, description]),
    ).toEqual([
      ['User', 'User Account'],
      ['Group', 'Group'],
      ['EnterpriseUser', 'Enterprise User'],
      ['Service Provider Configuration', "Schema for representing the service provider's configuration"],
      ['ResourceType', 'Specifies the schema that describes a SCIM resource type'],
      ['Schema', 'Specifies the schema that describes a SCIM schema'],
    ]);
    expect([userResourceType, groupResourceType].map(({ description }) => description)).toEqual([
      'User Account',
      'Group',
    ]);
  });

  it('list every attribute of User and of the enterprise extension', () => {
    expect(userSchema.attributes.map(({ name }) => name)).toEqual([
      'userName',
      'name',
      'displayName',
      'nickName',
      'profileUrl',
      'title',
      'userType',
      'preferredLanguage',
      'locale',
      'timezone',
      'active',
      'password',
      'emails',
      'phoneNumbers',
      'ims',
      'photos',
      'addresses',
      'groups',
      'entitlements',
      'roles',
      'x509Certificates',
    ]);
    expect(enterpriseUserSchema.attributes.map(({ name }) => name)).toEqual([
      'employeeNumber',
      'costCenter',
      'organization',
      'division',
      'department',
      'manager',
    ]);
  });

  it('follow the verified errata', () => {
    const part = (attributes: typeof userSchema.attributes, name: string, sub: string) =>
      findAttribute(findAttribute(attributes, name)?.subAttributes, sub);
    expect(findAttribute(groupSchema.attributes, 'displayName')?.required).toBe(true);
    expect(part(enterpriseUserSchema.attributes, 'manager', 'value')?.caseExact).toBe(true);
    expect(part(userSchema.attributes, 'groups', '$ref')?.referenceTypes).toEqual(['Group']);
    const nested = part(schemaSchema.attributes, 'attributes', 'subAttributes');
    expect(findAttribute(nested?.subAttributes, 'type')?.canonicalValues).not.toContain('complex');
    expect(part(schemaSchema.attributes, 'attributes', 'type')?.canonicalValues).toContain('complex');
  });

  it('are rendered as /Schemas serves them', () => {
    const rendered = renderSchema(groupSchema, 'https://example.com/scim/v2');
    expect(rendered).toMatchObject({
      id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
      meta: {
        resourceType: 'Schema',
        location: 'https://example.com/scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group',
      },
      attributes: [
        { name: 'displayName', required: true, uniqueness: 'none' },
        { name: 'members', type: 'complex' },
      ],
    });
    expect(JSON.parse(JSON.stringify(rendered))).toEqual(rendered);
    const [, members] = Array.isArray(rendered.attributes) ? rendered.attributes : [];
    expect(members).not.toHaveProperty('uniqueness');
  });

  it('are joined to resource types', () => {
    expect(renderResourceType(userResourceType, 'https://example.com')).toMatchObject({
      id: 'User',
      endpoint: '/Users',
      schema: 'urn:ietf:params:scim:schemas:core:2.0:User',
      schemaExtensions: [{ schema: enterpriseUserSchema.id, required: false }],
      meta: { location: 'https://example.com/ResourceTypes/User' },
    });
    expect(renderResourceType(groupResourceType, '').schemaExtensions).toEqual([]);
  });
});
