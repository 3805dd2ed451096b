import { isJsonObject, type JsonObject, type JsonValue } from '@rollcall/scim-protocol';
import { describe, expect, test } from 'vitest';
import { ENTERPRISE, GROUP, USER, unique, wholeUser } from './samples.ts';
import type { Scene } from './scene.ts';

const objectsOf = (value: JsonValue | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

export function describeCharacteristics(scene: () => Scene): void {
  describe('resources and what their attributes are like', () => {
    const post = (body: object) => scene().company.scim.send({ method: 'POST', path: '/Users', body });
    const attributes = async () => {
      const { Resources } = await scene().company.scim.list('/Schemas');
      const top = Resources.flatMap((schema) => objectsOf(schema.attributes));
      return [...top, ...top.flatMap(({ subAttributes }) => objectsOf(subAttributes))];
    };

    test('RFC 7643 §2.1 names: follow the grammar in /Schemas, and have no case in a request', async () => {
      for (const { name } of await attributes()) expect(name).toMatch(/^[$A-Za-z][-_0-9A-Za-z]*$/);
      const { body } = await post({ SCHEMAS: [USER], USERNAME: unique('case'), Name: { GIVENNAME: 'Ada' } });
      expect(body).toMatchObject({ name: { givenName: 'Ada' } });
    });

    test('RFC 7643 §2.3 types: a value of another type is refused with invalidValue', async () => {
      for (const wrong of [
        { active: 'perhaps' },
        { name: 'Ada' },
        { title: ['a', 'b'] },
        { emails: [{ value: { deep: true } }] },
        { x509Certificates: [{ value: '%%%' }] },
        { emails: [{ value: 'a', primary: 'both' }] },
      ]) {
        const { status, body } = await post({ schemas: [USER], userName: unique('typed'), ...wrong });
        expect([status, body.scimType], JSON.stringify(wrong)).toEqual([400, 'invalidValue']);
      }
    });

    test('RFC 7643 §2.3.5 dateTime: has a date and a time, as xsd:dateTime writes them', async () => {
      const { meta } = await scene().company.scim.create('Users', wholeUser());
      for (const instant of [meta.created, meta.lastModified]) {
        expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
      }
    });

    test('RFC 7643 §2.3.7 reference: leads to the resource', async () => {
      const { scim } = scene().company;
      const boss = await scim.create('Users', wholeUser());
      const user = await scim.create('Users', { ...wholeUser(), [ENTERPRISE]: { manager: boss.id } });
      const group = await scim.create('Groups', {
        schemas: [GROUP],
        displayName: unique('Group'),
        members: [{ value: user.id }],
      });
      const reread = await scim.read(`/Users/${user.id}`);
      const references = [
        objectsOf(group.members)[0],
        objectsOf(reread.groups)[0],
        Object(reread[ENTERPRISE]).manager,
      ].map((one) => String(Object(one).$ref));
      const found = references.map((uri) => scim.read(uri.slice(scim.baseUrl.length)));
      expect((await Promise.all(found)).map(({ id }) => id)).toEqual([user.id, group.id, boss.id]);
    });

    test('RFC 7643 §2.3.8 complex: the order of parts says nothing, and no part has parts', async () => {
      const { name } = (await post({ name: { familyName: 'B', givenName: 'A' }, userName: unique('o') }))
        .body;
      expect(name).toEqual({ givenName: 'A', familyName: 'B' });
      for (const { subAttributes } of await attributes()) {
        for (const part of objectsOf(subAttributes)) expect(part.type).not.toBe('complex');
      }
    });

    test('RFC 7643 §2.4 primary: is true once at most', async () => {
      const emails = ['a', 'b'].map((value) => ({ value, primary: true }));
      const { status, body } = await post({ schemas: [USER], userName: unique('primary'), emails });
      expect([status, body.scimType]).toEqual([400, 'invalidValue']);
    });

    test('RFC 7643 §2.4 multi-valued: one value of one type is returned once, of two types twice', async () => {
      const emails = ['work', 'WORK', 'home'].map((type) => ({ value: 'a@example.com', type }));
      const { body } = await post({ schemas: [USER], userName: unique('twice'), emails });
      expect(objectsOf(body.emails).map(({ type }) => String(type).toLowerCase())).toEqual(['work', 'home']);
    });

    test('RFC 7643 §2.5 unassigned: null, an empty list and nothing are the same', async () => {
      const { scim } = scene().company;
      const { id, userName, ...rest } = await scim.create('Users', {
        ...wholeUser(),
        title: null,
        emails: [],
      });
      expect([rest.title, rest.emails]).toEqual([undefined, undefined]);
      const body = { schemas: [USER], userName, displayName: null, phoneNumbers: [], nickName: 'x' };
      await scim.expect(200, { method: 'PUT', path: `/Users/${id}`, body });
      const after = await scim.read(`/Users/${id}`);
      expect([after.displayName, after.phoneNumbers, after.nickName]).toEqual([undefined, undefined, 'x']);
      expect(
        (await scim.list('/Users', { filter: `id eq "${id}" and displayName eq null` })).totalResults,
      ).toBe(1);
    });

    test('RFC 7643 §3 schemas: lists the schemas that are used, each once, in any order', async () => {
      const { scim } = scene().company;
      const extended = { schemas: [ENTERPRISE, USER, USER], [ENTERPRISE]: { department: 'Sea' } };
      const user = await scim.create('Users', { ...extended, userName: unique('schemas') });
      expect(user.schemas).toEqual([USER, ENTERPRISE]);
      expect((await scim.create('Users', { schemas: [USER], userName: unique('s') })).schemas).toEqual([
        USER,
      ]);
    });

    test('RFC 7643 §3 schemas: a resource of another type is refused', async () => {
      const { status, body } = await post({ schemas: [GROUP], userName: unique('other') });
      expect([status, body.scimType]).toEqual([400, 'invalidSyntax']);
    });

    test('RFC 7643 §3.1 id: is never empty, the same for ever, and never contains "bulkId"', async () => {
      const { scim } = scene().company;
      const { id } = await scim.create('Users', wholeUser());
      expect(id).toMatch(/^[0-9a-f-]{36}$/);
      await scim.patch(`/Users/${id}`, { op: 'replace', path: 'userName', value: unique('renamed') });
      expect((await scim.read(`/Users/${id}`)).id).toBe(id);
    });

    test('RFC 7643 §3.1 externalId: is of the client, whose account is its scope, and keeps its case', async () => {
      const { company, endpoint } = scene();
      const other = await endpoint.company();
      const externalId = unique('Ext');
      for (const { scim } of [company, other]) {
        const user = await scim.create('Users', { schemas: [USER], userName: unique('e'), externalId });
        const { Resources } = await scim.list('/Users', { filter: `externalId eq "${externalId}"` });
        expect(Resources.map(({ id }) => id)).toEqual([user.id]);
      }
      expect(
        (await company.scim.create('Users', { schemas: [USER], userName: unique('n') })).externalId,
      ).toBe(undefined);
    });

    test('RFC 7643 §3.1 meta: is of the server, whatever the client sends', async () => {
      const { scim } = scene().company;
      const meta = {
        resourceType: 'Group',
        created: '2001-01-01T00:00:00Z',
        version: 'W/"9"',
        location: 'x',
      };
      const { id, meta: shown } = await scim.create('Users', { ...wholeUser(), meta });
      expect(shown).toMatchObject({ resourceType: 'User', location: `${scim.baseUrl}/Users/${id}` });
      expect(shown.created).toBe(shown.lastModified);
      expect([shown.version, shown.created]).not.toContain(meta.created);
    });

    test('RFC 7643 §7 caseExact: compares with or without case as /Schemas says, and always keeps it', async () => {
      const { scim } = scene().company;
      const given = {
        userName: unique('Case'),
        externalId: unique('Case'),
        profileUrl: `https://${unique('Case')}`,
      };
      const user = await scim.create('Users', { schemas: [USER], ...given });
      expect(user).toMatchObject(given);
      const known = new Map((await attributes()).map(({ name, caseExact }) => [String(name), caseExact]));
      for (const [name, value] of Object.entries(given)) {
        const { totalResults } = await scim.list('/Users', { filter: `${name} eq "${value.toUpperCase()}"` });
        // externalId is of no schema, and case exact by RFC 7643 §3.1.
        expect(totalResults, name).toBe((known.get(name) ?? true) ? 0 : 1);
      }
    });

    test('RFC 7643 §7 characteristics: of every attribute are told in full', async () => {
      for (const attribute of await attributes()) {
        expect(attribute).toMatchObject({
          name: expect.any(String),
          type: expect.stringMatching(/^(string|boolean|decimal|integer|dateTime|reference|binary|complex)$/),
          multiValued: expect.any(Boolean),
          required: expect.any(Boolean),
          mutability: expect.stringMatching(/^(readOnly|readWrite|immutable|writeOnly)$/),
          returned: expect.stringMatching(/^(always|never|default|request)$/),
        });
        if (attribute.type === 'reference') expect(objectOrList(attribute.referenceTypes)).toBe(true);
      }
    });

    test('RFC 7643 §4.1.1 password: is never returned and not stored as it is', async () => {
      const { company, endpoint } = scene();
      const password = `correct horse ${unique('p')}`;
      const { id } = await company.scim.create('Users', {
        schemas: [USER],
        userName: unique('pw'),
        password,
      });
      const { text } = await company.scim.send({ path: `/Users/${id}?attributes=password` });
      expect(text).not.toContain('password');
      expect(await endpoint.isStoredAnywhere(password)).toBe(false);
      expect(await endpoint.isStoredAnywhere(id)).toBe(true);
    });

    test('RFC 7643 §4.1.2 groups: come from the groups alone', async () => {
      const { scim } = scene().company;
      const user = await scim.create('Users', { ...wholeUser(), groups: [{ value: 'x' }] });
      expect(user.groups).toBeUndefined();
      const group = { schemas: [GROUP], displayName: unique('Group'), members: [{ value: user.id }] };
      const { id } = await scim.create('Groups', group);
      expect(objectsOf((await scim.read(`/Users/${user.id}`)).groups)).toMatchObject([{ value: id }]);
    });

    test('RFC 7643 §4.2 displayName: a group needs one', async () => {
      const { scim } = scene().company;
      const refused = await scim.expect(400, { method: 'POST', path: '/Groups', body: { schemas: [GROUP] } });
      expect(refused.body.scimType).toBe('invalidValue');
    });

    test('RFC 7643 §5 ServiceProviderConfig: has all that is required of it', async () => {
      const { body } = await scene().company.scim.expect(200, { path: '/ServiceProviderConfig' });
      const supported = { supported: expect.any(Boolean) };
      expect(body).toMatchObject({
        patch: supported,
        bulk: { ...supported, maxOperations: expect.any(Number), maxPayloadSize: expect.any(Number) },
        filter: { ...supported, maxResults: expect.any(Number) },
        changePassword: supported,
        sort: supported,
        etag: supported,
      });
      for (const scheme of objectsOf(body.authenticationSchemes)) {
        expect(scheme).toMatchObject({
          type: expect.stringMatching(/^(oauth|oauth2|oauthbearertoken|httpbasic|httpdigest)$/),
          name: expect.any(String),
          description: expect.any(String),
        });
      }
    });

    test('RFC 7643 §6 ResourceType: names schemas that /Schemas has, and endpoints that answer', async () => {
      const { scim } = scene().company;
      for (const type of (await scim.list('/ResourceTypes')).Resources) {
        expect(type).toMatchObject({ name: expect.any(String), endpoint: expect.stringMatching(/^\//) });
        const extensions = objectsOf(type.schemaExtensions).map(({ schema }) => schema);
        for (const urn of [type.schema, ...extensions]) {
          expect((await scim.expect(200, { path: `/Schemas/${urn}` })).body.id).toBe(urn);
        }
        await scim.expect(200, { path: String(type.endpoint) });
      }
    });
  });
}

const objectOrList = (value: JsonValue | undefined): boolean => Array.isArray(value) && value.length > 0;
