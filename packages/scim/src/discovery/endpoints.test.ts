import { expect, test } from 'vitest';
import { adapterServer } from '../testing/adapter-server.ts';
import { scriptedClient } from '../testing/scripted-client.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const base = 'https://rollcall.example/scim/v2';
const anonymous = { authorization: '' };

function read(path: string) {
  return adapterServer(scriptedClient()).send({ path, headers: anonymous });
}

test('/ServiceProviderConfig needs no token and says what is true', async () => {
  const answer = await read('/acme/serviceproviderconfig');
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    patch: { supported: true },
    bulk: { supported: true, maxOperations: 1_000, maxPayloadSize: 10_485_760 },
    filter: { supported: true, maxResults: 500 },
    changePassword: { supported: true },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: 100,
      maxPageSize: 500,
      cursorTimeout: 3600,
    },
    authenticationSchemes: [{ type: 'oauthbearertoken' }],
    meta: { location: `${base}/acme/ServiceProviderConfig` },
  });
});

test('/ResourceTypes lists Users and Groups, and what is published', async () => {
  const answer = await read('/ResourceTypes');
  expect(answer.body).toMatchObject({
    totalResults: 5,
    itemsPerPage: 5,
    Resources: [
      { id: 'User', endpoint: '/Users', schemaExtensions: [{ schema: ENTERPRISE, required: false }] },
      { id: 'Group', endpoint: '/Groups', meta: { location: `${base}/ResourceTypes/Group` } },
      { id: 'Role', endpoint: '/Roles' },
      { id: 'Entitlement', endpoint: '/Entitlements' },
      { id: 'OktaRole', endpoint: '/Roles', schema: 'urn:okta:scim:schemas:core:1.0:Role' },
    ],
  });
});

test('/Schemas lists the schemas of resources, without a null', async () => {
  const answer = await read('/schemas');
  expect(answer.body.totalResults).toBe(7);
  expect(answer.text).not.toContain('null');
});

test.each([
  ['/ResourceTypes/user', 'User'],
  [`/Schemas/${ENTERPRISE.toLowerCase()}`, ENTERPRISE],
  ['/Schemas/urn:ietf:params:scim:schemas:core:2.0:Schema', 'urn:ietf:params:scim:schemas:core:2.0:Schema'],
])('%s is served by its id in any case', async (path, id) => {
  expect((await read(path)).body.id).toBe(id);
});

test.each(['/ResourceTypes/Device', '/Schemas/urn:example'])('%s is 404', async (path) => {
  expect((await read(path)).body.status).toBe('404');
});

test.each(['/ServiceProviderConfig', '/ResourceTypes', '/Schemas', '/Schemas/x'])(
  'a filter on %s is 403',
  async (path) => {
    expect((await read(`${path}?filter=id%20pr`)).body.status).toBe('403');
  },
);

test('an account in the path can not break out of the JSON', async () => {
  const answer = await read('/%22%5C/ServiceProviderConfig');
  expect(answer.body.meta).toMatchObject({ location: `${base}/%22%5C/ServiceProviderConfig` });
});
