import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { patchOf, scimClient } from '../clients/scim-client.ts';
import { GROUP, USER, unique, wholeUser } from './samples.ts';
import type { Scene } from './scene.ts';

const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

export function describeMessages(scene: () => Scene): void {
  describe('requests and answers', () => {
    test('RFC 7644 §3.3 POST: is answered 201 with the resource, and its address in Location and meta', async () => {
      const { scim } = scene().company;
      for (const [type, given] of [
        ['Users', { schemas: [USER], userName: unique('posted') }],
        ['Groups', { schemas: [GROUP], displayName: unique('posted') }],
      ] as const) {
        const { headers, body } = await scim.expect(201, { method: 'POST', path: `/${type}`, body: given });
        expect(body).toMatchObject({ ...given, meta: { location: `${scim.baseUrl}/${type}/${body.id}` } });
        expect(headers.location).toBe(`${scim.baseUrl}/${type}/${body.id}`);
      }
    });

    test('RFC 7643 §3.1 meta: location is in Content-Location with whatever shows a resource', async () => {
      const { scim } = scene().company;
      const { id } = await scim.create('Users', { schemas: [USER], userName: unique('located') });
      const body = { schemas: [USER], userName: unique('posted') };
      const operation = patchOf({ op: 'replace', path: 'title', value: 'x' });
      for (const answer of [
        await scim.expect(200, { path: `/Users/${id}` }),
        await scim.expect(201, { method: 'POST', path: '/Users', body }),
        await scim.expect(200, { method: 'PUT', path: `/Users/${id}`, body: { ...body, userName: 'put' } }),
        await scim.expect(200, { method: 'PATCH', path: `/Users/${id}`, body: operation }),
        await scim.expect(200, { path: '/ServiceProviderConfig' }),
        await scim.expect(200, { path: '/ResourceTypes/user' }),
        await scim.expect(200, { path: `/Schemas/${GROUP.toUpperCase()}` }),
      ]) {
        expect(answer.headers['content-location']).toBe(Object(answer.body.meta).location);
      }
    });

    test('RFC 7644 §3.5.2 PATCH: shows the resource or not, as Prefer says', async () => {
      const { scim } = scene().company;
      const user = await scim.create('Users', { schemas: [USER], userName: unique('prefer') });
      const group = await scim.create('Groups', {
        schemas: [GROUP],
        displayName: unique('prefer'),
        members: [{ value: user.id }],
      });
      const body = patchOf({ op: 'replace', path: 'externalId', value: unique('e') });
      for (const path of [`/Users/${user.id}`, `/Groups/${group.id}`]) {
        const patch = { method: 'PATCH', path, body };
        const minimal = await scim.expect(204, { ...patch, headers: { prefer: 'return=minimal' } });
        const whole = await scim.expect(200, { ...patch, headers: { prefer: 'return=representation' } });
        expect([minimal, whole].map(({ headers }) => headers['preference-applied'])).toEqual([
          'return=minimal',
          'return=representation',
        ]);
        expect(whole.body).toEqual(await scim.read(path));
      }
    });

    test('RFC 7644 §3.3 POST: what is read-only is ignored', async () => {
      const { scim } = scene().company;
      const id = randomUUID();
      const readOnly = { id, meta: { resourceType: 'Group' }, groups: [{ value: id }] };
      const user = await scim.create('Users', { schemas: [USER], userName: unique('ro'), ...readOnly });
      expect(user.id).not.toBe(id);
      expect(user.meta.resourceType).toBe('User');
      expect(user.groups).toBeUndefined();
    });

    test('RFC 7644 §3.3 POST: a duplicate of a userName or of a group name is 409 uniqueness', async () => {
      const { scim } = scene().company;
      for (const [path, body] of [
        ['/Users', { schemas: [USER], userName: unique('twice') }],
        ['/Groups', { schemas: [GROUP], displayName: unique('twice') }],
      ] as const) {
        await scim.expect(201, { method: 'POST', path, body });
        expect((await scim.expect(409, { method: 'POST', path, body })).body.scimType).toBe('uniqueness');
      }
    });

    test('RFC 7644 §3.3 POST: of fifty at the same moment one is created and 49 are 409 uniqueness', async () => {
      const { scim } = scene().company;
      const body = { schemas: [USER], userName: unique('race') };
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => scim.send({ method: 'POST', path: '/Users', body })),
      );
      const refused = answers.filter(({ status }) => status !== 201);
      expect(refused).toHaveLength(49);
      for (const answer of refused) {
        expect([answer.status, answer.body.scimType]).toEqual([409, 'uniqueness']);
      }
    });

    test('RFC 7644 §3.4.1 GET: of one resource shows it, and 404 of none', async () => {
      const { scim } = scene().company;
      const user = await scim.create('Users', wholeUser());
      expect((await scim.expect(200, { path: `/Users/${user.id}` })).body).toEqual(user);
      await scim.expect(404, { path: `/Users/${randomUUID()}` });
    });

    test('RFC 7644 §3.4.2 query: is answered with a ListResponse, of nothing too', async () => {
      const { scim } = scene().company;
      await scim.create('Users', { schemas: [USER], userName: unique('listed') });
      const { body } = await scim.expect(200, { path: '/Users?count=1' });
      expect(body).toMatchObject({ schemas: [LIST], itemsPerPage: 1, startIndex: 1 });
      expect(body.Resources).toHaveLength(1);
      const path = `/Users?filter=userName eq "${unique('nobody')}"`;
      expect((await scim.expect(200, { path })).body).toMatchObject({ schemas: [LIST], totalResults: 0 });
    });

    test('RFC 7644 §3.5.1 PUT: ignores what is read-only, and clears what is left out', async () => {
      const { scim } = scene().company;
      const user = await scim.create('Users', wholeUser());
      const body = { schemas: [USER], userName: user.userName, id: randomUUID(), meta: { version: 'x' } };
      const { id, meta, ...rest } = (
        await scim.expect(200, { method: 'PUT', path: `/Users/${user.id}`, body })
      ).body;
      expect([id, Object(meta).created]).toEqual([user.id, user.meta.created]);
      expect(rest).toEqual({ schemas: [USER], userName: user.userName, active: true });
    });

    test('RFC 7644 §3.5.1 PUT: creates nothing', async () => {
      const { scim } = scene().company;
      for (const [path, body] of [
        ['Users', { schemas: [USER], userName: unique('put') }],
        ['Groups', { schemas: [GROUP], displayName: unique('put') }],
      ] as const) {
        await scim.expect(404, { method: 'PUT', path: `/${path}/${randomUUID()}`, body });
      }
    });

    test('RFC 7644 §3.5.1 PUT: needs what is required', async () => {
      const { scim } = scene().company;
      const user = await scim.create('Users', wholeUser());
      const put = { method: 'PUT', path: `/Users/${user.id}`, body: { schemas: [USER], title: 'x' } };
      expect((await scim.expect(400, put)).body.scimType).toBe('invalidValue');
      expect(await scim.read(`/Users/${user.id}`)).toEqual(user);
    });

    test('RFC 7644 §3.6 DELETE: is answered 204 without a body, and after that everything 404', async () => {
      const { scim } = scene().company;
      const { id, displayName } = await scim.create('Groups', {
        schemas: [GROUP],
        displayName: unique('gone'),
      });
      const path = `/Groups/${id}`;
      expect((await scim.expect(204, { method: 'DELETE', path })).text).toBe('');
      const body = { schemas: [GROUP], displayName };
      for (const request of [
        { path },
        { method: 'DELETE', path },
        { method: 'PUT', path, body },
        { method: 'PATCH', path, body: { Operations: [{ op: 'remove', path: 'members' }] } },
      ]) {
        await scim.expect(404, request);
      }
      expect((await scim.list('/Groups', { filter: `displayName eq "${displayName}"` })).totalResults).toBe(
        0,
      );
      // Its name can be taken again.
      await scim.expect(201, { method: 'POST', path: '/Groups', body });
    });

    test('RFC 7644 §3.8 formats: UTF-8 comes back as it came', async () => {
      const { scim } = scene().company;
      const displayName = 'Zoë Ὀδυσσεύς 王 \u{1f600} e\u0301';
      const user = await scim.create('Users', { schemas: [USER], userName: unique('Ünïcode'), displayName });
      expect((await scim.read(`/Users/${user.id}`)).displayName).toBe(displayName);
      const { Resources } = await scim.list('/Users', { filter: `displayName eq "${displayName}"` });
      expect(Resources).toMatchObject([{ displayName }]);
    });

    test('RFC 7644 §3.8 formats: bytes that are no UTF-8, and other charsets, are refused', async () => {
      const { scim } = scene().company;
      const post = { method: 'POST', path: '/Users' };
      const body = Buffer.from('{"userName":"m\xfcller"}', 'latin1');
      expect((await scim.expect(400, { ...post, body })).body.scimType).toBe('invalidSyntax');
      const headers = { 'content-type': 'application/scim+json; charset=ISO-8859-1' };
      await scim.expect(415, { ...post, body, headers });
    });

    test('RFC 7644 §3.8 formats: a body may be compressed, in a coding that is known', async () => {
      const { scim } = scene().company;
      const userName = unique('compressed');
      const body = gzipSync(JSON.stringify({ schemas: [USER], userName }));
      const post = { method: 'POST', path: '/Users', body };
      const created = await scim.expect(201, { ...post, headers: { 'content-encoding': 'gzip' } });
      expect(created.body.userName).toBe(userName);
      const refused = await scim.expect(415, { ...post, headers: { 'content-encoding': 'lzw' } });
      expect(refused.headers['accept-encoding']).toContain('gzip');
    });

    test.each(['application/scim+json', 'application/json', '*/*', 'text/html, application/json;q=0.5'])(
      'RFC 7644 §3.8 formats: Accept %s is answered in SCIM',
      async (accept) => {
        const { headers } = await scene().company.scim.expect(200, { path: '/Users', headers: { accept } });
        expect(headers['content-type']).toMatch(/^application\/scim\+json(;|$)/);
      },
    );

    test('RFC 7644 §3.10 notation: URNs and names have no case, in queries too', async () => {
      const { scim } = scene().company;
      const { id } = await scim.create('Users', { ...wholeUser(), name: { givenName: 'Ada' } });
      for (const name of [
        `${USER}:name.givenName`,
        `${USER.toUpperCase()}:NAME.GIVENNAME`,
        'Name.givenname',
      ]) {
        const { totalResults } = await scim.list('/Users', { filter: `${name} eq "Ada" and id eq "${id}"` });
        expect(totalResults).toBe(1);
        const { body } = await scim.expect(200, { path: `/Users/${id}?attributes=${name}` });
        expect(body.name).toEqual({ givenName: 'Ada' });
      }
    });

    test('RFC 7644 §3.12 errors: have their schema, the status as a text, and a detail', async () => {
      const { scim } = scene().company;
      const refusals = [
        await scim.send({ path: '/Users?filter=x' }),
        await scim.send({ path: `/Users/${randomUUID()}` }),
        await scim.send({ method: 'POST', path: '/Users', body: '{' }),
        await scim.send({ method: 'PUT', path: '/Users', body: {} }),
      ];
      expect(refusals.map(({ body }) => body)).toEqual(
        ['400', '404', '400', '405'].map((status) =>
          expect.objectContaining({
            schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
            status,
            detail: expect.any(String),
          }),
        ),
      );
    });

    test('RFC 7644 §3.12 errors: what an endpoint can not do is 405 with what it can, which OPTIONS tells too', async () => {
      const { scim } = scene().company;
      for (const [path, allow] of [
        ['/Users', 'GET, HEAD, POST, OPTIONS'],
        [`/Groups/${randomUUID()}`, 'GET, HEAD, PUT, PATCH, DELETE, OPTIONS'],
        ['/Bulk', 'POST, OPTIONS'],
      ] as const) {
        const refused = await scim.expect(405, { method: 'TRACE', path });
        const told = await scim.expect(204, { method: 'OPTIONS', path });
        expect([refused.headers.allow, told.headers.allow]).toEqual([allow, allow]);
      }
    });

    test('RFC 7644 §3.13 versions of the protocol: is in the path, and another one is not there', async () => {
      const { company } = scene();
      const { origin } = new URL(company.scim.baseUrl);
      await scimClient(origin, '/scim/v2', company.idp.token).expect(200, { path: '/Users?count=0' });
      const { status } = await scimClient(origin, '/scim/v2', company.idp.token).send({
        path: '/../v9/Users',
      });
      expect(status).toBe(404);
    });

    test('RFC 7644 §2 access: every endpoint of resources needs a credential', async () => {
      const { scim } = scene().company;
      const headers = { authorization: '' };
      for (const [method, path] of [
        ['GET', '/Users'],
        ['POST', '/Users'],
        ['GET', '/Groups'],
        ['GET', '/Me'],
        ['POST', '/Bulk'],
        ['POST', '/.search'],
        ['POST', '/Users/.search'],
        ['PATCH', `/Users/${randomUUID()}`],
        ['DELETE', `/Groups/${randomUUID()}`],
      ] as const) {
        const body = method === 'POST' || method === 'PATCH' ? {} : undefined;
        const answer = await scim.send({ method, path, headers, ...(body === undefined ? {} : { body }) });
        expect([path, answer.status]).toEqual([path, 401]);
      }
    });
  });
}
