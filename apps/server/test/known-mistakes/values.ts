import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { patchOf } from '../clients/scim-client.ts';
import { ENTERPRISE, GROUP, USER, unique } from '../conformance/samples.ts';
import { type CurrentCompany, newUser, valuesOf } from './subjects.ts';

export function valuesMistaken(company: CurrentCompany): void {
  describe('of a value', () => {
    test('a manager that comes as a text, or as a list of one, is rejected', async () => {
      const { scim } = company();
      const boss = await newUser(scim);
      for (const value of [boss.id, [{ value: boss.id }], { value: boss.id }]) {
        const user = await newUser(scim);
        const { status, body } = await scim.patch(`/Users/${user.id}`, {
          op: 'Add',
          path: `${ENTERPRISE}:manager`,
          value,
        });
        expect([status, body[ENTERPRISE]]).toMatchObject([200, { manager: { value: boss.id } }]);
      }
      const created = await newUser(scim, { [ENTERPRISE]: { manager: boss.id } });
      expect(created[ENTERPRISE]).toMatchObject({ manager: { value: boss.id } });
    });

    test('roles that are JSON within a text are rejected', async () => {
      const { scim } = company();
      const role = JSON.stringify({ id: '18d1', value: 'engineer', displayName: 'Engineer' });
      for (const value of [[{ value: role }], [role], role]) {
        const user = await newUser(scim);
        const { status, body } = await scim.patch(`/Users/${user.id}`, { op: 'Add', path: 'roles', value });
        expect(status).toBe(200);
        expect(valuesOf(body.roles)).toEqual([role]);
      }
    });

    test('a text is cut at its first space', async () => {
      const { scim } = company();
      const displayName = `Ada King Lovelace ${unique('x')}`;
      const user = await newUser(scim, { emails: [{ value: 'a@example.com', type: 'my work' }] });
      await scim.patch(`/Users/${user.id}`, { op: 'replace', path: 'displayName', value: displayName });
      await scim.patch(`/Users/${user.id}`, {
        op: 'replace',
        path: 'emails[type eq "my work"].display',
        value: 'At the new office',
      });
      const { Resources } = await scim.list('/Users', { filter: `displayName eq "${displayName}"` });
      expect(Resources).toMatchObject([
        { id: user.id, displayName, emails: [{ type: 'my work', display: 'At the new office' }] },
      ]);
    });

    test('a text of white space alone is kept, and then found', async () => {
      const { scim } = company();
      const user = await newUser(scim);
      for (const [attribute, value] of [
        ['externalId', ' '],
        ['title', '\t'],
        ['emails', [{ value: ' ', type: 'work' }]],
        [`${ENTERPRISE}:manager`, ' '],
        [`${ENTERPRISE}:employeeNumber`, '\u00a0'],
      ] as const) {
        const patch = patchOf({ op: 'replace', path: attribute, value });
        const { body } = await scim.expect(400, { method: 'PATCH', path: `/Users/${user.id}`, body: patch });
        expect(body).toMatchObject({
          scimType: 'invalidValue',
          detail: expect.stringContaining('white space'),
        });
      }
      const group = { schemas: [GROUP], displayName: unique('group'), externalId: ' ' };
      await scim.expect(400, { method: 'POST', path: '/Groups', body: group });
    });

    test('the random text of a placeholder password fails a policy', async () => {
      const { scim } = company();
      // As Okta makes them up: too short to be kept, which stops nobody from being created.
      await newUser(scim, { password: '1mz050nq' });
      for (const password of ['Kv7J2LEa!x9#', randomBytes(48).toString('base64')]) {
        const user = await newUser(scim, { password });
        const put = { schemas: [USER], userName: user.userName, password };
        await scim.expect(200, { method: 'PUT', path: `/Users/${user.id}`, body: put });
        const patch = { method: 'PATCH', path: `/Users/${user.id}` };
        await scim.expect(200, { ...patch, body: patchOf({ op: 'replace', value: { password } }) });
      }
    });

    test.each([true, 'True', 'true'])(
      'somebody who was deactivated can not be activated by %j',
      async (on) => {
        const { scim } = company();
        const { id } = await newUser(scim, { active: false });
        const operation = { op: 'Replace', path: 'active', value: on };
        expect(await scim.patch(`/Users/${id}`, operation)).toMatchObject({
          status: 200,
          body: { active: true },
        });
        const whole = { op: 'replace', value: { active: 'False' } };
        expect(await scim.patch(`/Users/${id}`, whole)).toMatchObject({
          status: 200,
          body: { active: false },
        });
      },
    );

    test.each([
      { op: 'remove', path: 'active' },
      { op: 'replace', path: 'active', value: null },
      { op: 'Add', path: 'active', value: '' },
      { op: 'replace', value: { active: null } },
      { op: 'replace', value: { active: '', 'name.givenName': 'Ada' } },
      { op: 'remove', path: 'urn:ietf:params:scim:schemas:core:2.0:User:active' },
    ])('%j lets somebody in who was locked out, or locks somebody out', async (operation) => {
      const { scim } = company();
      for (const active of [true, false]) {
        const { id } = await newUser(scim, { active, emails: [{ value: 'a@example.com' }] });
        // Also where the user has to be read first.
        const needsReading = { op: 'replace', path: 'emails[value eq "a@example.com"].type', value: 'home' };
        for (const operations of [[operation], [operation, needsReading]]) {
          const { status, body } = await scim.patch(`/Users/${id}`, ...operations);
          expect([status, body.active]).toEqual([200, active]);
        }
      }
    });

    test('what is said of `active` before is forgotten', async () => {
      const { scim } = company();
      const { id } = await newUser(scim);
      const off = { op: 'replace', path: 'active', value: false };
      const { body } = await scim.patch(`/Users/${id}`, off, { op: 'remove', path: 'active' });
      expect(body.active).toBe(false);
    });

    test('a number is taken for a text', async () => {
      const { scim } = company();
      const { id } = await newUser(scim);
      for (const [attribute, value] of [
        ['userName', 123],
        ['externalId', 5],
        ['title', 0],
        ['emails', [{ value: 7 }]],
      ] as const) {
        const body = { schemas: [USER], userName: unique('number'), [attribute]: value };
        const created = await scim.expect(400, { method: 'POST', path: '/Users', body });
        const changed = await scim.patch(`/Users/${id}`, { op: 'replace', path: attribute, value });
        for (const { status, body: refusal } of [created, changed]) {
          expect([status, refusal.scimType]).toEqual([400, 'invalidValue']);
          expect(refusal.detail).toContain(attribute);
        }
      }
      // The one that HR systems have as a number, and templates write so.
      const numbered = await newUser(scim, { [ENTERPRISE]: { employeeNumber: 701984 } });
      expect(numbered[ENTERPRISE]).toEqual({ employeeNumber: '701984' });
    });

    test('a text that Azure AD of old wraps as a list of an object is refused', async () => {
      const { scim } = company();
      const { id } = await newUser(scim);
      const wrapped = (value: unknown) => [{ $ref: null, value }];
      const { body } = await scim.patch(
        `/Users/${id}`,
        { op: 'Replace', path: 'displayName', value: wrapped('Ada') },
        { op: 'Replace', path: 'active', value: wrapped('False') },
        { op: 'Add', path: 'name.givenName', value: wrapped('Augusta') },
      );
      expect(body).toMatchObject({ displayName: 'Ada', active: false, name: { givenName: 'Augusta' } });
    });

    test('attributes without a path that come as a list of one are refused', async () => {
      const { scim } = company();
      const { id } = await newUser(scim);
      const answer = await scim.patch(`/Users/${id}`, { op: 'add', value: [{ nickName: 'n' }] });
      expect(answer).toMatchObject({ status: 200, body: { nickName: 'n' } });
      const two = await scim.patch(`/Users/${id}`, { op: 'add', value: [{ nickName: 'n' }, { title: 't' }] });
      expect([two.status, two.body.scimType]).toEqual([400, 'invalidValue']);
    });

    test('"False" disables nobody, since a text that is not empty is true', async () => {
      const { scim } = company();
      const { id } = await newUser(scim);
      await scim.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' });
      expect((await scim.read(`/Users/${id}`)).active).toBe(false);
    });

    test('a change of one part of a name doubles it, or costs the others', async () => {
      const { scim } = company();
      const { id } = await newUser(scim, { name: { givenName: 'Ada', familyName: 'King' } });
      await scim.patch(
        `/Users/${id}`,
        { op: 'Replace', path: 'active', value: true },
        { op: 'Replace', path: 'name.familyName', value: 'Lovelace' },
      );
      await scim.patch(`/Users/${id}`, { op: 'replace', value: { 'name.middleName': 'B.' } });
      await scim.patch(`/Users/${id}`, { op: 'add', path: 'name', value: { honorificPrefix: 'Lady' } });
      const { name, active, ...rest } = await scim.read(`/Users/${id}`);
      expect({ name, active }).toEqual({
        name: { givenName: 'Ada', familyName: 'Lovelace', middleName: 'B.', honorificPrefix: 'Lady' },
        active: true,
      });
      expect(Object.keys(rest).filter((key) => key.includes('name.'))).toEqual([]);
    });

    test('an empty manager stays as a manager whose id is empty', async () => {
      const { scim } = company();
      for (const value of [{ value: '' }, '', null, { value: null }]) {
        const { id } = await newUser(scim, { [ENTERPRISE]: { manager: 'boss', department: 'Sea' } });
        const path = `${ENTERPRISE}:manager`;
        expect((await scim.patch(`/Users/${id}`, { op: 'Replace', path, value })).status).toBe(200);
        expect((await scim.read(`/Users/${id}`))[ENTERPRISE]).toEqual({ department: 'Sea' });
      }
    });

    test('a profileUrl must be an address, though validators send random letters', async () => {
      const { scim } = company();
      const { id } = await newUser(scim, { profileUrl: 'BAPNQLJSRQGD' });
      await scim.patch(`/Users/${id}`, { op: 'replace', path: 'profileUrl', value: 'XKCDQRST' });
      expect((await scim.read(`/Users/${id}`)).profileUrl).toBe('XKCDQRST');
    });

    test('only the suggested types of a value are taken', async () => {
      const { scim } = company();
      const given = {
        roles: [{ value: 'x', type: 'WindowsAzureActiveDirectoryRole' }],
        x509Certificates: [{ value: 'MIIDQzCCAqygAwIBAgICEAAwDQYJKoZIhvcNAQEFBQAw', type: 'sign in' }],
        emails: [{ value: 'a@example.com', type: 'CAMPUS' }],
        photos: [{ value: 'https://x.example/a.png', type: 'portrait' }],
      };
      expect(await newUser(scim, given)).toMatchObject(given);
    });

    test('the id of another resource within a value is overlooked', async () => {
      const { scim } = company();
      const [user, other] = [await newUser(scim), await newUser(scim)];
      const group = await scim.create('Groups', { schemas: [GROUP], displayName: unique('Group') });
      for (const path of [`/Users/${user.id}`, `/Groups/${group.id}`]) {
        const before = await scim.read(path);
        const value = { id: other.id, displayName: 'Other' };
        const { status, body } = await scim.patch(path, { op: 'replace', value });
        expect([status, body.scimType]).toEqual([400, 'mutability']);
        const data = patchOf({ op: 'add', value: { id: other.id, members: [{ value: user.id }] } });
        const bulk = { Operations: [{ method: 'PATCH', path, data }] };
        const answer = await scim.expect(200, { method: 'POST', path: '/Bulk', body: bulk });
        expect(answer.body.Operations).toMatchObject([
          { status: '400', response: { scimType: 'mutability' } },
        ]);
        const own = { id: before.id.toUpperCase(), meta: before.meta, schemas: before.schemas };
        expect((await scim.patch(path, { op: 'replace', value: own })).status).toBeLessThan(300);
        expect(await scim.read(path)).toEqual(before);
      }
    });

    test('the id of the resource itself within a value stops the synchronisation', async () => {
      const { scim } = company();
      const { id } = await newUser(scim);
      for (const operation of [
        { op: 'replace', value: { id, title: 'Captain' } },
        { op: 'replace', path: 'id', value: id },
      ]) {
        expect((await scim.patch(`/Users/${id}`, operation)).status).toBe(200);
      }
      expect(await scim.read(`/Users/${id}`)).toMatchObject({ id, title: 'Captain' });
    });

    test('a PATCH without operations is taken for done', async () => {
      const { scim } = company();
      const { id } = await newUser(scim);
      for (const body of [patchOf(), { schemas: patchOf().schemas }]) {
        const answer = await scim.expect(400, { method: 'PATCH', path: `/Users/${id}`, body });
        expect(answer.body.scimType).toBe('invalidSyntax');
      }
    });
  });
}
