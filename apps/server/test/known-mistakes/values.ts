import { describe, expect, test } from 'vitest';
import { patchOf } from '../clients/scim-client.ts';
import { ENTERPRISE, USER, unique } from '../conformance/samples.ts';
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

    test('the random text of a placeholder password fails a policy', async () => {
      const { scim } = company();
      for (const password of ['1mz050nq', 'Kv7J2LEa!x9#', 'p'.repeat(64)]) {
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
