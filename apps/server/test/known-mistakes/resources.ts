import { isJsonObject, type JsonObject, type JsonValue } from '@rollcall/scim-protocol';
import { describe, expect, test } from 'vitest';
import { USER, unique, wholeUser } from '../conformance/samples.ts';
import { type AnotherCompany, type CurrentCompany, elementsOf, newUser } from './subjects.ts';

export function resourcesMistaken(company: CurrentCompany, another: AnotherCompany): void {
  describe('of a resource', () => {
    test('an id that the client makes up overwrites somebody else', async () => {
      const { scim } = company();
      const victim = await newUser(scim, { title: 'Victim' });
      const body = { schemas: [USER], id: victim.id, userName: unique('taker'), title: 'Taker' };
      const { id } = await scim.create('Users', body);
      expect(id).not.toBe(victim.id);
      const other = await newUser(scim);
      await scim.expect(200, {
        method: 'PUT',
        path: `/Users/${other.id}`,
        body: { ...other, id: victim.id },
      });
      const answer = await scim.patch(`/Users/${other.id}`, { op: 'replace', path: 'id', value: victim.id });
      expect([answer.status, answer.body.scimType]).toEqual([400, 'mutability']);
      expect(await scim.read(`/Users/${victim.id}`)).toEqual(victim);
    });

    test('a second POST of the same user is answered 201 and blanks fields', async () => {
      const { scim } = company();
      const user = await scim.create('Users', wholeUser());
      const body = { schemas: [USER], userName: user.userName };
      const refused = await scim.expect(409, { method: 'POST', path: '/Users', body });
      expect(refused.body.scimType).toBe('uniqueness');
      expect(await scim.read(`/Users/${user.id}`)).toEqual(user);
    });

    test('an identity provider disables or deletes the last admin', async () => {
      const { scim, adminId } = await another();
      const path = `/Users/${adminId}`;
      const before = await scim.read(path);
      const body = { schemas: [USER], userName: before.userName, active: false };
      const refused = [
        await scim.patch(path, { op: 'Replace', path: 'active', value: 'False' }),
        await scim.patch(path, { op: 'replace', value: { active: false } }),
        await scim.send({ method: 'PUT', path, body }),
        await scim.send({ method: 'DELETE', path }),
      ];
      for (const { status } of refused) expect([400, 403]).toContain(status);
      expect(await scim.read(path)).toEqual(before);
    });

    test.each([
      ['nothing', {}],
      ['null', { active: null }],
      ['an empty text', { active: '' }],
    ])('a PUT that says %s of `active` disables somebody, or lets somebody in again', async (_, said) => {
      const { scim } = company();
      for (const active of [true, false]) {
        const user = await newUser(scim, { active });
        const body = { schemas: [USER], userName: user.userName, title: 'x', ...said };
        const put = await scim.expect(200, { method: 'PUT', path: `/Users/${user.id}`, body });
        expect(put.body).toMatchObject({ active, title: 'x' });
      }
    });

    test('/Schemas says that an attribute can be written, and what is written is not stored', async () => {
      const { scim } = company();
      const user = await scim.create('Users', wholeUser());
      const written = await scim.read(`/Users/${user.id}`);
      const { Resources } = await scim.list('/Schemas');
      const missing = Resources.filter(({ id }) => String(id).endsWith(':User')).flatMap((schema) => {
        const holder = schema.id === USER ? written : written[String(schema.id)];
        return namesOf(schema.attributes, isStorable).filter(
          (name) => !isJsonObject(holder) || !(name in holder),
        );
      });
      // Who the manager is has tests of its own.
      expect(missing).toEqual(['manager']);
    });

    test('/Schemas says that an attribute is required, and it may be missing', async () => {
      const { scim } = company();
      const { Resources } = await scim.list('/Schemas');
      for (const [type, body] of [
        ['User', wholeUser()],
        ['Group', { displayName: unique('Group') }],
      ] as const) {
        const schema = Resources.find(({ id }) => id === `urn:ietf:params:scim:schemas:core:2.0:${type}`);
        const required = namesOf(schema?.attributes, (attribute) => attribute.required === true);
        expect(required).not.toEqual([]);
        for (const name of required) {
          const without = { ...body, [name]: undefined };
          await scim.expect(400, { method: 'POST', path: `/${type}s`, body: without });
        }
      }
    });

    test('a displayName is echoed in the answer to a POST and never stored', async () => {
      const { scim } = company();
      const user = await newUser(scim, { displayName: 'Ada Lovelace' });
      expect(user.displayName).toBe('Ada Lovelace');
      expect((await scim.read(`/Users/${user.id}`)).displayName).toBe('Ada Lovelace');
    });
  });
}

const isStorable = ({ mutability, returned }: JsonObject): boolean =>
  mutability === 'readWrite' && returned !== 'never';

const namesOf = (attributes: JsonValue | undefined, holds: (attribute: JsonObject) => boolean): string[] =>
  elementsOf(attributes).flatMap((attribute) =>
    isJsonObject(attribute) && holds(attribute) ? [String(attribute.name)] : [],
  );
