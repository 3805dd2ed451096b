import { randomUUID } from 'node:crypto';
import { isJsonObject, type JsonObject } from '@rollcall/scim-protocol';
import { describe, expect, test } from 'vitest';
import { ENTERPRISE, GROUP, USER, unique } from './samples.ts';
import type { Scene } from './scene.ts';

const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

const newUser = (bulkId: string, data: object = {}) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { schemas: [USER], userName: unique(bulkId), ...data },
});
const newGroup = (bulkId: string, ...members: string[]) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: {
    schemas: [GROUP],
    displayName: unique(bulkId),
    members: members.map((member) => ({ value: `bulkId:${member}` })),
  },
});
const failing = (bulkId: string) => ({ method: 'POST', path: '/Users', bulkId, data: { schemas: [USER] } });

export function describeBulk(scene: () => Scene): void {
  describe('Bulk', () => {
    const send = (operations: readonly object[], more: object = {}) =>
      scene().company.scim.send({
        method: 'POST',
        path: '/Bulk',
        body: { schemas: [BULK], Operations: operations, ...more },
      });
    /** The results of a bulk that is answered 200. */
    const run = async (operations: readonly object[], more?: object): Promise<JsonObject[]> => {
      const { status, body } = await send(operations, more);
      expect([status, body.detail]).toEqual([200, undefined]);
      expect(body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:BulkResponse']);
      return Array.isArray(body.Operations) ? body.Operations.filter(isJsonObject) : [];
    };
    const statuses = (results: readonly JsonObject[]) => results.map(({ status }) => status);
    const idOf = (result: JsonObject | undefined) => String(result?.location).split('/').at(-1);

    test('RFC 7644 §3.7 Bulk: every operation is answered in order, with method, bulkId, location and status', async () => {
      const { scim } = scene().company;
      const results = await run([newUser('a'), newGroup('b')]);
      expect(results).toMatchObject([
        {
          method: 'POST',
          bulkId: 'a',
          status: '201',
          location: expect.stringContaining(`${scim.baseUrl}/Users/`),
        },
        {
          method: 'POST',
          bulkId: 'b',
          status: '201',
          location: expect.stringContaining(`${scim.baseUrl}/Groups/`),
        },
      ]);
      for (const [at, type] of ['Users', 'Groups'].entries()) {
        const { meta } = await scim.read(`/${type}/${idOf(results[at])}`);
        expect(meta).toMatchObject({ location: results[at]?.location });
        expect(results[at]).not.toHaveProperty('version');
      }
    });

    test('RFC 7644 §3.7 Bulk: PUT, PATCH and DELETE do what they do alone', async () => {
      const { scim } = scene().company;
      const [put, patched, gone] = await Promise.all(
        ['put', 'patch', 'gone'].map((stem) =>
          scim.create('Users', { schemas: [USER], userName: unique(stem) }),
        ),
      );
      const results = await run([
        {
          method: 'PUT',
          path: `/Users/${put?.id}`,
          data: { schemas: [USER], userName: put?.userName, title: 'x' },
        },
        {
          method: 'PATCH',
          path: `/Users/${patched?.id}`,
          data: { Operations: [{ op: 'add', path: 'title', value: 'y' }] },
        },
        { method: 'DELETE', path: `/Users/${gone?.id}` },
      ]);
      expect(statuses(results)).toEqual(['200', '200', '204']);
      expect((await scim.read(`/Users/${put?.id}`)).title).toBe('x');
      expect((await scim.read(`/Users/${patched?.id}`)).title).toBe('y');
      await scim.expect(404, { path: `/Users/${gone?.id}` });
    });

    test('RFC 7644 §3.7 Bulk: goes on after a failure, whose result has the error', async () => {
      const results = await run([
        failing('bad'),
        newUser('good'),
        { method: 'DELETE', path: `/Users/${randomUUID()}` },
      ]);
      expect(statuses(results)).toEqual(['400', '201', '404']);
      expect(results[0]).toMatchObject({
        bulkId: 'bad',
        response: {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
          status: '400',
          scimType: 'invalidValue',
          detail: expect.any(String),
        },
      });
      expect(results[0]).not.toHaveProperty('location');
    });

    test('RFC 7644 §3.7 Bulk: stops after as many failures as failOnErrors says, and does nothing of the rest', async () => {
      const { scim } = scene().company;
      const last = newUser('last');
      const results = await run([failing('1'), newUser('2'), failing('3'), last], { failOnErrors: 2 });
      expect(statuses(results)).toEqual(['400', '201', '400']);
      const filter = `userName eq "${last.data.userName}"`;
      expect((await scim.list('/Users', { filter })).totalResults).toBe(0);
    });

    test('RFC 7644 §3.7 Bulk: a version that is not the current one is 412', async () => {
      const { scim } = scene().company;
      const { id, meta } = await scim.create('Users', { schemas: [USER], userName: unique('versioned') });
      const data = { Operations: [{ op: 'add', path: 'title', value: 'x' }] };
      const patch = { method: 'PATCH', path: `/Users/${id}`, data };
      expect(statuses(await run([{ ...patch, version: 'W/"77"' }]))).toEqual(['412']);
      expect(statuses(await run([{ ...patch, version: meta.version }]))).toEqual(['200']);
    });

    test('RFC 7644 §3.7.2 bulkId: stands for the new id, before and after it is made, in members and manager', async () => {
      const { scim } = scene().company;
      const managed = newUser('report', { [ENTERPRISE]: { manager: { value: 'bulkId:boss' } } });
      const results = await run([newGroup('team', 'report', 'boss'), managed, newUser('boss')]);
      expect(statuses(results)).toEqual(['201', '201', '201']);
      const [team, report, boss] = results.map(idOf);
      const { members } = await scim.read(`/Groups/${team}`);
      expect(Array.isArray(members) && members.map((member) => Object(member).value).sort()).toEqual(
        [report, boss].sort(),
      );
      expect((await scim.read(`/Users/${report}`))[ENTERPRISE]).toMatchObject({ manager: { value: boss } });
    });

    test('RFC 7644 §3.7.2 bulkId: stands for the new id in the path and in the operations of a PATCH', async () => {
      const { scim } = scene().company;
      const results = await run([
        newUser('member'),
        newGroup('crew'),
        {
          method: 'PATCH',
          path: '/Groups/bulkId:crew',
          data: { Operations: [{ op: 'add', path: 'members', value: [{ value: 'bulkId:member' }] }] },
        },
      ]);
      const [member, crew] = results.map(idOf);
      expect(Number(results[2]?.status)).toBeLessThan(300);
      expect((await scim.read(`/Groups/${crew}`)).members).toMatchObject([{ value: member }]);
    });

    test('RFC 7644 §3.7.2 bulkId: of nobody is an error of its operation alone', async () => {
      const results = await run([newGroup('lonely', 'nobody'), newUser('somebody')]);
      expect(results[1]?.status).toBe('201');
      expect(Number(results[0]?.status)).toBeGreaterThanOrEqual(400);
      expect(Number(results[0]?.status)).toBeLessThan(500);
    });

    test('RFC 7644 §3.7.1 cycles: of managers are made, or refused with 409', async () => {
      const manager = (bulkId: string) => ({ [ENTERPRISE]: { manager: { value: `bulkId:${bulkId}` } } });
      const results = await run([newUser('hen', manager('egg')), newUser('egg', manager('hen'))]);
      for (const status of statuses(results)) expect(['201', '409']).toContain(status);
    });

    test.each([
      ['a POST without bulkId', [{ ...newUser('x'), bulkId: undefined }]],
      ['another method', [{ method: 'GET', path: '/Users' }]],
      ['no path', [{ method: 'DELETE' }]],
      ['a PATCH without data', [{ method: 'PATCH', path: '/Users/1' }]],
    ])('RFC 7644 §3.7 Bulk: %s is refused, alone or with the whole', async (_what, operations) => {
      const { status, body } = await send(operations);
      if (status === 200) expect(Object(body.Operations)[0].status).toMatch(/^4/);
      else expect(status).toBe(400);
    });

    test('RFC 7644 §3.7 Bulk: another message is refused', async () => {
      const { scim } = scene().company;
      const body = { schemas: [USER], Operations: [newUser('x')] };
      await scim.expect(400, { method: 'POST', path: '/Bulk', body });
      await scim.expect(400, { method: 'POST', path: '/Bulk', body: { schemas: [BULK] } });
    });

    test('RFC 7644 §3.7.4 limits: too many operations are 413, and the answer says how many are allowed', async () => {
      const { scim } = scene().company;
      const { body: config } = await scim.expect(200, { path: '/ServiceProviderConfig' });
      const { maxOperations } = Object(config.bulk);
      const operations = Array.from({ length: maxOperations + 1 }, () => ({
        method: 'DELETE',
        path: '/Users/1',
      }));
      const { status, body } = await send(operations);
      expect(status).toBe(413);
      expect(String(body.detail).replaceAll(/[,. ]/g, '')).toContain(String(maxOperations));
    });

    test('RFC 7644 §3.7.4 limits: too large a body is 413, and the answer says how large it may be', async () => {
      const { scim } = scene().company;
      const { body: config } = await scim.expect(200, { path: '/ServiceProviderConfig' });
      const { maxPayloadSize } = Object(config.bulk);
      const { status, body } = await send([newUser('x', { title: 'x'.repeat(maxPayloadSize) })]);
      expect(status).toBe(413);
      expect(String(body.detail).replaceAll(/[,. ]/g, '')).toContain(String(maxPayloadSize));
    });
  });
}
