import { describe, expect, test } from 'vitest';
import { ENTERPRISE, unique } from '../conformance/samples.ts';
import type { Company } from '../world.ts';
import { type AnotherCompany, type CurrentCompany, elementsOf, newUser, valuesOf } from './subjects.ts';

const OWN = 'urn:example:params:scim:schemas:extension:acme:1.0:User';
const WORK = 'emails[type eq "work"]';

export function pathsMistaken(company: CurrentCompany, another: AnotherCompany): void {
  describe('of the path of an operation', () => {
    /** A user after these operations, which must all be accepted. */
    const patched = async (attributes: object, ...operations: object[]) => {
      const { scim } = company();
      const { id } = await newUser(scim, attributes);
      for (const operation of operations) {
        const answer = await scim.patch(`/Users/${id}`, operation);
        expect([answer.status, answer.body.detail]).toEqual([200, undefined]);
        expect(answer.body).toEqual(await scim.read(`/Users/${id}`));
      }
      return scim.read(`/Users/${id}`);
    };

    test('PATCH is a method that is not allowed', async () => {
      const { title } = await patched({}, { op: 'replace', path: 'title', value: 'Captain' });
      expect(title).toBe('Captain');
    });

    test.each([
      ['a sub-attribute', { op: 'add', path: `${WORK}.value`, value: 'a@example.com' }],
      ['the whole element', { op: 'add', path: WORK, value: { value: 'a@example.com' } }],
    ])('an add with a value filter fails where there is no element yet: %s', async (_what, operation) => {
      expect((await patched({}, operation)).emails).toEqual([{ value: 'a@example.com', type: 'work' }]);
    });

    test('several adds with one filter create several elements', async () => {
      const at = 'addresses[type eq "work"]';
      const { addresses } = await patched(
        {},
        { op: 'Add', path: `${at}.locality`, value: 'Paris' },
        { op: 'Add', path: `${at}.country`, value: 'FR' },
        { op: 'Add', path: `${at}.streetAddress`, value: '1 Rue de Rivoli' },
      );
      expect(addresses).toEqual([
        { type: 'work', locality: 'Paris', country: 'FR', streetAddress: '1 Rue de Rivoli' },
      ]);
    });

    test('a replace with a filter deletes the other elements', async () => {
      const emails = [
        { value: 'a@work.example', type: 'work' },
        { value: 'a@home.example', type: 'home' },
      ];
      const after = await patched(
        { emails },
        { op: 'replace', path: `${WORK}.value`, value: 'b@work.example' },
      );
      expect(valuesOf(after.emails)).toEqual(['a@home.example', 'b@work.example']);
    });

    test('a replace with a filter that nothing matches is refused for ever', async () => {
      const emails = [{ value: 'a@home.example', type: 'home' }];
      const operation = { op: 'Replace', path: `${WORK}.value`, value: 'a@work.example' };
      const after = await patched({ emails }, operation, operation);
      expect(valuesOf(after.emails)).toEqual(['a@home.example', 'a@work.example']);
    });

    test.each([
      ['the element', { op: 'add', path: WORK, value: { display: 'At work' } }],
      ['its part', { op: 'add', path: `${WORK}.display`, value: 'At work' }],
    ])('an add with a value filter in its path is refused: %s', async (_what, operation) => {
      const emails = [{ value: 'a@example.com', type: 'work' }];
      expect((await patched({ emails }, operation)).emails).toEqual([
        { value: 'a@example.com', type: 'work', display: 'At work' },
      ]);
    });

    test.each(['replace', 'add', 'remove'])(
      '`manager[value eq "…"]` makes an accident of a %s',
      async (op) => {
        const { scim } = company();
        const { id } = await newUser(scim, { [ENTERPRISE]: { manager: 'boss' } });
        const answer = await scim.patch(`/Users/${id}`, {
          op,
          path: `${ENTERPRISE}:manager[value eq "boss"].value`,
          ...(op === 'remove' ? {} : { value: 'other' }),
        });
        if (answer.status !== 200)
          expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidPath']);
      },
    );

    test('a URN is split at the wrong place, so that `2.0` is read as an attribute', async () => {
      const { scim } = company();
      const department = unique('Engines');
      const after = await patched({}, { op: 'add', path: `${ENTERPRISE}:department`, value: department });
      expect(after[ENTERPRISE]).toEqual({ department });
      const { Resources } = await scim.list('/Users', {
        filter: `${ENTERPRISE}:department eq "${department}"`,
      });
      expect(Resources.map(({ id }) => id)).toEqual([after.id]);
      const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
      const { totalResults } = await scim.list('/Users', {
        filter: `${core}:userName eq "${after.userName}" and ${core}:name.givenName ne "x"`,
      });
      expect(totalResults).toBe(1);
    });

    test('the container of an extension in a value without path is no attribute', async () => {
      const value = { title: 'Captain', [ENTERPRISE]: { department: 'Sea', costCenter: '1' } };
      const after = await patched({}, { op: 'add', value });
      expect(after).toMatchObject(value);
    });

    test('a flattened key of an extension is ignored, or has to be in the right case', async () => {
      const after = await patched(
        {},
        { op: 'Replace', value: { [`${ENTERPRISE}:department`]: 'Sea' } },
        { op: 'Replace', value: { [`${ENTERPRISE.toUpperCase()}:COSTCENTER`]: '7' } },
      );
      expect(after[ENTERPRISE]).toEqual({ department: 'Sea', costCenter: '7' });
    });

    test('`…:User:manager.value` is no path', async () => {
      const { scim } = company();
      const boss = await newUser(scim);
      const after = await patched({}, { op: 'add', path: `${ENTERPRISE}:manager.value`, value: boss.id });
      expect(after[ENTERPRISE]).toMatchObject({ manager: { value: boss.id } });
    });

    test('an add to a multi-valued attribute replaces what it had', async () => {
      const after = await patched(
        { emails: [{ value: 'a@example.com' }], entitlements: [{ value: 'x' }] },
        { op: 'add', path: 'emails', value: [{ value: 'b@example.com' }] },
        { op: 'add', value: { entitlements: [{ value: 'y' }] } },
      );
      expect([valuesOf(after.emails), valuesOf(after.entitlements)]).toEqual([
        ['a@example.com', 'b@example.com'],
        ['x', 'y'],
      ]);
    });

    test("a URN of the account's own is split at its version", async () => {
      const { scim } = await companyWithTags(another);
      const { id } = await newUser(scim);
      for (const urn of [OWN, OWN.toUpperCase()]) {
        const operation = { op: 'replace', path: `${urn}:badge`, value: `B-${urn.length}` };
        expect((await scim.patch(`/Users/${id}`, operation)).body[OWN]).toEqual({ badge: operation.value });
        const { totalResults } = await scim.list('/Users', {
          filter: `${urn}:badge eq "${operation.value}"`,
        });
        expect(totalResults).toBe(1);
      }
    });

    test('a multi-valued attribute of plain texts makes an accident, or an add replaces what it had', async () => {
      const { scim } = await companyWithTags(another);
      const { id } = await newUser(scim);
      const path = `${OWN}:tags`;
      for (const operation of [
        { op: 'add', path, value: ['a', 'b'] },
        { op: 'add', path, value: 'c' },
        { op: 'add', path, value: ['b'] },
        { op: 'add', value: { [OWN]: { tags: ['d'] } } },
      ]) {
        expect((await scim.patch(`/Users/${id}`, operation)).status).toBe(200);
      }
      expect((await scim.read(`/Users/${id}`))[OWN]).toEqual({ tags: ['a', 'b', 'c', 'd'] });
      await scim.patch(`/Users/${id}`, { op: 'remove', path, value: ['a', 'c'] });
      expect((await scim.read(`/Users/${id}`))[OWN]).toEqual({ tags: ['b', 'd'] });
    });

    test('`schemas` itself can be patched away', async () => {
      const { scim } = company();
      const user = await newUser(scim);
      const operation = { op: 'add', path: 'schemas', value: [ENTERPRISE] };
      expect((await scim.patch(`/Users/${user.id}`, operation)).status).toBeLessThan(500);
      expect(elementsOf((await scim.read(`/Users/${user.id}`)).schemas)).toEqual(user.schemas);
    });

    test('the URN of an extension alone is no path', async () => {
      const after = await patched(
        {},
        { op: 'add', path: ENTERPRISE, value: { department: 'Sea', division: 'North' } },
        { op: 'replace', path: ENTERPRISE, value: { department: 'Land' } },
      );
      expect(after[ENTERPRISE]).toMatchObject({ department: 'Land' });
      const { id } = after;
      await company().scim.patch(`/Users/${id}`, { op: 'remove', path: ENTERPRISE });
      expect((await company().scim.read(`/Users/${id}`))[ENTERPRISE]).toBeUndefined();
    });

    test('externalId, which no schema lists, can not be patched', async () => {
      const externalId = unique('ext');
      const after = await patched(
        { externalId: 'old' },
        { op: 'replace', path: 'externalId', value: externalId },
      );
      expect(after.externalId).toBe(externalId);
    });

    test('a path with a filter ends in an accident for e-mail and phone', async () => {
      const after = await patched(
        {},
        { op: 'Replace', path: 'emails[type eq "work" and primary eq true].value', value: 'a@example.com' },
        { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+1 555' },
        {
          op: 'replace',
          value: { 'name.givenName': 'Ada', 'phoneNumbers[type eq "mobile"].value': '+1 556' },
        },
      );
      expect(after).toMatchObject({
        name: { givenName: 'Ada' },
        emails: [{ value: 'a@example.com', type: 'work', primary: true }],
        phoneNumbers: [{ value: '+1 556', type: 'mobile' }],
      });
    });
  });
}

/** A company with attributes of its own, one of them a list of plain texts. */
async function companyWithTags(another: AnotherCompany): Promise<Company> {
  const company = await another();
  for (const input of [{ name: 'badge' }, { name: 'tags', multiValued: true }]) {
    await company.admin.query(
      'mutation ($input: CreateCustomAttributeInput!) { createCustomAttribute(input: $input) { customAttribute { id } } }',
      { input: { schema: OWN, ...input } },
    );
  }
  return company;
}
