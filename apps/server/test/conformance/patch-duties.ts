import type { JsonObject } from '@rollcall/scim-protocol';
import { describe, expect, test } from 'vitest';
import { patchOf } from '../clients/scim-client.ts';
import { ENTERPRISE, USER, unique } from './samples.ts';
import type { Scene } from './scene.ts';

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const work = { value: 'a@work.example', type: 'work', primary: true };
const home = { value: 'a@home.example', type: 'home' };

export function describePatchDuties(scene: () => Scene): void {
  describe('PATCH, operation by operation', () => {
    const create = (attributes: object = {}) =>
      scene().company.scim.create('Users', { schemas: [USER], userName: unique('patch'), ...attributes });
    const patched = async (attributes: object, ...operations: object[]): Promise<JsonObject> => {
      const { scim } = scene().company;
      const { id } = await create(attributes);
      const body = patchOf(...operations);
      await scim.expect(200, { method: 'PATCH', path: `/Users/${id}`, body });
      return scim.read(`/Users/${id}`);
    };
    /** The scimType of the refusal, which must leave everything as it was. */
    const refused = async (attributes: object, body: object) => {
      const { scim } = scene().company;
      const before = await create(attributes);
      const answer = await scim.expect(400, { method: 'PATCH', path: `/Users/${before.id}`, body });
      expect(await scim.read(`/Users/${before.id}`)).toEqual(before);
      return answer.body.scimType;
    };

    test.each([
      ['another message', { schemas: [USER], Operations: [{ op: 'add', path: 'title', value: 'x' }] }],
      ['no operation', { schemas: [PATCH_OP], Operations: [] }],
      ['no Operations', { schemas: [PATCH_OP] }],
      ['an operation without op', patchOf({ path: 'title', value: 'x' })],
      ['an unknown op', patchOf({ op: 'move', path: 'title', value: 'x' })],
    ])('RFC 7644 §3.5.2 PATCH: %s is refused with invalidSyntax', async (_what, body) => {
      expect(await refused({}, body)).toBe('invalidSyntax');
    });

    test.each(['id', 'meta', 'meta.created', 'groups', `${ENTERPRISE}:manager.displayName`])(
      'RFC 7644 §3.5.2 PATCH: %s is read-only and refused with mutability',
      async (path) => {
        expect(await refused({}, patchOf({ op: 'replace', path, value: 'x' }))).toBe('mutability');
        expect(await refused({}, patchOf({ op: 'remove', path }))).toBe('mutability');
      },
    );

    test('RFC 7644 §3.5.2 PATCH: a value that becomes primary ends the primary one before', async () => {
      const path = 'emails[type eq "home"].primary';
      const { emails } = await patched({ emails: [work, home] }, { op: 'add', path, value: true });
      expect(emails).toEqual([
        { ...work, primary: false },
        { ...home, primary: true },
      ]);
    });

    test('RFC 7644 §3.5.2 PATCH: operations see what those before them did', async () => {
      const { name, title } = await patched(
        {},
        { op: 'add', path: 'name.givenName', value: 'Ada' },
        { op: 'replace', path: 'name', value: { familyName: 'King' } },
        { op: 'add', path: 'title', value: 'x' },
        { op: 'remove', path: 'title' },
      );
      expect([name, title]).toEqual([{ givenName: 'Ada', familyName: 'King' }, undefined]);
    });

    test('RFC 7644 §3.5.2 PATCH: `schemas` follows the attributes of an extension', async () => {
      const path = `${ENTERPRISE}:department`;
      expect((await patched({}, { op: 'add', path, value: 'Sea' })).schemas).toEqual([USER, ENTERPRISE]);
      const given = { [ENTERPRISE]: { department: 'Sea' } };
      expect((await patched(given, { op: 'remove', path })).schemas).toEqual([USER]);
    });

    test('RFC 7644 §3.5.2.1 add: without a path the value has the attributes', async () => {
      const value = { title: 'Countess', name: { givenName: 'Ada' }, emails: [work] };
      expect(await patched({}, { op: 'add', value })).toMatchObject(value);
    });

    test('RFC 7644 §3.5.2.1 add: an attribute that is not there is added, one with a value is replaced', async () => {
      const operation = { op: 'add', path: 'title', value: 'Countess' };
      expect((await patched({}, operation)).title).toBe('Countess');
      expect((await patched({ title: 'Miss' }, operation)).title).toBe('Countess');
    });

    test('RFC 7644 §3.5.2.1 add: of a complex attribute only the parts that are given change', async () => {
      const { name } = await patched(
        { name: { givenName: 'Ada', familyName: 'Byron' } },
        { op: 'add', path: 'name', value: { familyName: 'Lovelace' } },
      );
      expect(name).toEqual({ givenName: 'Ada', familyName: 'Lovelace' });
    });

    test('RFC 7644 §3.5.2.1 add: to a multi-valued attribute another value comes', async () => {
      expect(
        (await patched({ emails: [work] }, { op: 'add', path: 'emails', value: [home] })).emails,
      ).toEqual([work, home]);
    });

    test('RFC 7644 §3.5.2.1 add: of what is there already changes neither the resource nor lastModified', async () => {
      const { scim } = scene().company;
      const before = await create({ title: 'x', emails: [work, home] });
      for (const operation of [
        { op: 'add', path: 'title', value: 'x' },
        { op: 'add', path: 'emails', value: [home] },
        { op: 'add', path: 'emails[type eq "work"].value', value: work.value },
      ]) {
        await scim.expect(200, { method: 'PATCH', path: `/Users/${before.id}`, body: patchOf(operation) });
        expect(await scim.read(`/Users/${before.id}`)).toEqual(before);
      }
    });

    test('RFC 7644 §3.5.2.2 remove: without a path is refused with noTarget', async () => {
      expect(await refused({}, patchOf({ op: 'remove' }))).toBe('noTarget');
    });

    test('RFC 7644 §3.5.2.2 remove: a single value, or all values, leave the attribute unassigned', async () => {
      const after = await patched(
        { title: 'x', emails: [work, home], name: { givenName: 'Ada' } },
        { op: 'remove', path: 'title' },
        { op: 'remove', path: 'emails' },
        { op: 'remove', path: 'name.givenName' },
      );
      for (const attribute of ['title', 'emails', 'name']) expect(after).not.toHaveProperty(attribute);
    });

    test('RFC 7644 §3.5.2.2 remove: with a filter the selected values go, and with the last the attribute', async () => {
      const path = 'emails[type eq "work"]';
      expect((await patched({ emails: [work, home] }, { op: 'remove', path })).emails).toEqual([home]);
      expect(await patched({ emails: [work] }, { op: 'remove', path })).not.toHaveProperty('emails');
    });

    test('RFC 7644 §3.5.2.2 remove: with a filter and a sub-attribute that part of the selected values goes', async () => {
      const path = 'emails[type eq "work"].primary';
      const { primary: _primary, ...rest } = work;
      expect((await patched({ emails: [work, home] }, { op: 'remove', path })).emails).toEqual([rest, home]);
    });

    test('RFC 7644 §3.5.2.2 remove: of a required attribute is refused with mutability', async () => {
      expect(await refused({}, patchOf({ op: 'remove', path: 'userName' }))).toBe('mutability');
    });

    test('RFC 7644 §3.5.2.3 replace: without a path the value has the attributes', async () => {
      const value = { title: 'Countess', emails: [home] };
      expect(await patched({ title: 'Miss', emails: [work] }, { op: 'replace', value })).toMatchObject(value);
    });

    test('RFC 7644 §3.5.2.3 replace: of what is not there adds it', async () => {
      const after = await patched({}, { op: 'replace', path: 'name.givenName', value: 'Ada' });
      expect(after.name).toEqual({ givenName: 'Ada' });
    });

    test('RFC 7644 §3.5.2.3 replace: without a filter all values are replaced', async () => {
      const { emails } = await patched({ emails: [work] }, { op: 'replace', path: 'emails', value: [home] });
      expect(emails).toEqual([home]);
    });

    test('RFC 7644 §3.5.2.3 replace: of a complex attribute the parts that are not given stay', async () => {
      const { name } = await patched(
        { name: { givenName: 'Ada', familyName: 'Byron' } },
        { op: 'replace', path: 'name', value: { familyName: 'Lovelace' } },
      );
      expect(name).toEqual({ givenName: 'Ada', familyName: 'Lovelace' });
    });

    test('RFC 7644 §3.5.2.3 replace: with a filter the selected values are replaced, whole or in part', async () => {
      const path = 'emails[type eq "work"]';
      const value = { value: 'b@work.example', type: 'work' };
      const emails = [work, home];
      expect((await patched({ emails }, { op: 'replace', path, value })).emails).toEqual([value, home]);
      const part = { op: 'replace', path: `${path}.value`, value: value.value };
      expect((await patched({ emails }, part)).emails).toEqual([{ ...work, value: value.value }, home]);
    });

    test('RFC 7644 §3.5.2.3 replace: with a filter that selects nothing makes the value that the filter describes', async () => {
      const operation = { op: 'replace', path: 'emails[type eq "work"].value', value: work.value };
      expect((await patched({ emails: [home] }, operation)).emails).toEqual([
        home,
        { value: work.value, type: 'work' },
      ]);
    });

    test('RFC 7644 §3.5.2.3 replace: with a filter that selects and describes nothing is refused with noTarget', async () => {
      const path = 'emails[type co "work"].value';
      expect(await refused({ emails: [home] }, patchOf({ op: 'replace', path, value: 'x' }))).toBe(
        'noTarget',
      );
    });

    test.each([
      ['an unknown attribute', 'nothing', 'invalidPath'],
      ['an unknown sub-attribute', 'name.nothing', 'invalidPath'],
      ['a filter on a single value', 'title[value eq "x"]', 'invalidPath'],
      ['a filter that can not be read', 'emails[type is "x"].value', 'invalidFilter'],
    ])(
      'RFC 7644 §3.12 errors: a path to %s is refused with its keyword: %s, %s',
      async (_what, path, scimType) => {
        expect(await refused({}, patchOf({ op: 'replace', path, value: 'x' }))).toBe(scimType);
      },
    );
  });
}
