import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { unique } from '../conformance/samples.ts';
import { type AnotherCompany, type CurrentCompany, newGroup, newUser } from './subjects.ts';

export function filtersMistaken(company: CurrentCompany, another: AnotherCompany): void {
  describe('of a filter', () => {
    const found = async (filter: string, path = '/Users') =>
      (await company().scim.list(path, { filter })).Resources.map(({ id }) => id);

    test.each(['/Users', '/Groups'])('externalId is no attribute to search %s by', async (path) => {
      const { scim } = company();
      const externalId = unique('Ext');
      const make = path === '/Users' ? newUser(scim, { externalId }) : newGroup(scim, [], { externalId });
      const { id } = await make;
      expect(await found(`externalId eq "${externalId}"`, path)).toEqual([id]);
      expect(await found(`externalId eq "${externalId.toUpperCase()}"`, path)).toEqual([]);
    });

    test('userName is searched in another place than it is shown from', async () => {
      const { scim } = company();
      const email = `${unique('mail')}@example.com`;
      const user = await newUser(scim, { emails: [{ value: email, type: 'work', primary: true }] });
      const renamed = unique('renamed');
      await scim.patch(`/Users/${user.id}`, { op: 'replace', path: 'userName', value: renamed });
      expect((await scim.read(`/Users/${user.id}`)).userName).toBe(renamed);
      expect(await found(`userName eq "${renamed}"`)).toEqual([user.id]);
      expect(await found(`userName eq "${user.userName}"`)).toEqual([]);
      expect(await found(`userName eq "${email}"`)).toEqual([]);
    });

    test('only the first of several clauses counts', async () => {
      const { scim } = company();
      const title = unique('title');
      const [ada, bob] = [await newUser(scim, { title }), await newUser(scim, { title, active: false })];
      expect(await found(`title eq "${title}" and active eq false`)).toEqual([bob.id]);
      expect(await found(`title eq "${title}" and userName eq "${ada.userName}" and active eq true`)).toEqual(
        [ada.id],
      );
      expect(
        await found(`title eq "${title}" and active eq false and userName eq "${ada.userName}"`),
      ).toEqual([]);
      expect((await found(`userName eq "${bob.userName}" or userName eq "${ada.userName}"`)).sort()).toEqual(
        [ada.id, bob.id].sort(),
      );
    });

    test.each([
      'userName',
      'userName eq',
      'nothing eq "x"',
      'userName is "x"',
      'title eq x',
      'and',
      '((title pr)',
    ])('one that can not be read, such as %j, finds everybody', async (filter) => {
      const path = `/Users?filter=${encodeURIComponent(filter)}`;
      const { body } = await company().scim.expect(400, { path });
      expect([body.scimType, body.Resources]).toEqual(['invalidFilter', undefined]);
    });

    test('an OR shows what belongs to another account', async () => {
      const other = await another();
      const stranger = await newUser(other.scim, { title: unique('stranger'), externalId: unique('s') });
      const group = await newGroup(other.scim, [stranger]);
      const { scim } = company();
      for (const filter of [
        'userName pr or userName pr',
        `userName eq "nobody" or userName eq "${stranger.userName}"`,
        `id eq "${stranger.id}" or title eq "${stranger.title}" or not (title eq "x")`,
        `title eq "x") or (userName pr`,
        `groups.value eq "${group.id}" or externalId eq "${stranger.externalId}"`,
      ]) {
        const { body } = await scim.send({ path: `/Users?count=500&filter=${encodeURIComponent(filter)}` });
        expect(JSON.stringify(body)).not.toContain(stranger.id);
      }
      expect(await found(`displayName pr or members.value eq "${stranger.id}"`, '/Groups')).not.toContain(
        group.id,
      );
    });

    test('one that nobody matches is answered 404', async () => {
      const nobody = await company().scim.list('/Users', { filter: `userName eq "${randomUUID()}"` });
      expect(nobody).toMatchObject({ totalResults: 0, itemsPerPage: 0, Resources: [] });
      const nothing = await company().scim.list('/Groups', { filter: `displayName eq "${randomUUID()}"` });
      expect(nothing).toMatchObject({ totalResults: 0, itemsPerPage: 0, Resources: [] });
    });

    test('the userName of somebody has to be written in their own case', async () => {
      const user = await newUser(company().scim, { userName: `${unique('Ünal')}@Example.com` });
      const userName = String(user.userName);
      for (const written of [userName.toUpperCase(), userName.toLowerCase(), userName]) {
        expect(await found(`userName eq "${written}"`)).toEqual([user.id]);
      }
    });
  });
}
