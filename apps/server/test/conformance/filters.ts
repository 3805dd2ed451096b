import {
  bindFilter,
  groupResourceType,
  isJsonObject,
  matchesFilter,
  parseFilter,
  printFilter,
  userResourceType,
} from '@rollcall/scim-protocol';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ScimClient, ScimResource } from '../clients/scim-client.ts';
import { runs } from '../property-runs.ts';
import { seedDirectory } from './directory-sample.ts';
import { anyFilter } from './filter-arbitrary.ts';
import { isMatch } from './filter-reference.ts';
import { findingsIn } from './findings.ts';
import { ENTERPRISE } from './samples.ts';
import type { Scene } from './scene.ts';
import { kindsByPath, userAttributes } from './searched-attributes.ts';

export function describeFilters(scene: () => Scene): void {
  describe('filters', () => {
    let scim: ScimClient | undefined;
    let users: ScimResource[] = [];
    beforeAll(async () => {
      ({ scim } = await scene().endpoint.company());
      users = await seedDirectory(scim);
      // The account's admin is a User too.
      const everybody = await scim.list('/Users', { count: 500 });
      const admin = everybody.Resources.find(({ id }) => users.every((user) => user.id !== id));
      users.push(await scim.read(`/Users/${admin?.id}`));
    });
    const list = (path: string, query: Record<string, string | number>) => {
      if (scim === undefined) throw new Error('There is no company yet.');
      return scim.list(path, { count: 500, ...query });
    };
    const matching = (filter: string) =>
      users
        .filter((user) => matchesFilter(bindFilter(parseFilter(filter), userResourceType), user))
        .map(({ id }) => id);

    test('RFC 7644 §3.4.2.2 filters: find in the database whom the reference finds in memory, whatever the filter', async () => {
      const kinds = kindsByPath(userAttributes);
      const filters = anyFilter(userAttributes, findingsIn(users, userAttributes));
      await fc.assert(
        fc.asyncProperty(filters, async (node) => {
          const filter = printFilter(node);
          const { Resources, totalResults } = await list('/Users', { filter, attributes: 'userName' });
          const expected = users
            .filter((user) => isMatch(node, user, (path) => kinds.get(path.toLowerCase())))
            .map(({ id }) => id);
          expect(Resources.map(({ id }) => id).sort(), filter).toEqual(expected.sort());
          expect(totalResults).toBe(expected.length);
        }),
        runs(120),
      );
    });

    test.each([
      'userName eq "PERSON.1@example.com"',
      'not (active eq true) and title pr or userName sw "zed"',
      'emails[type eq "work" and value co ".1@"]',
      'emails[value eq "work.1@example.com"]',
      'emails[type eq "work" and value eq "work.1@example.com"]',
      'emails.type eq "home" and emails.value co "work"',
      'emails[type eq "work"].value sw "work.1"',
      `${ENTERPRISE}:department eq "ENGINES" or ${ENTERPRISE}:employeeNumber pr`,
      'groups.display eq "every 5"',
      'schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"',
      'meta.resourceType eq "User" and name.familyName eq "STRASSE"',
      'name.givenName eq "ZOË"',
      'active eq "True"',
      'externalId eq "EXT-2" or externalId eq "EXT-1"',
    ])('RFC 7644 §3.4.2.2 filters: %s', async (filter) => {
      const { Resources } = await list('/Users', { filter });
      expect(Resources.map(({ id }) => id).sort()).toEqual(matching(filter).sort());
    });

    test('RFC 7643 §2.4 primary: an address that does not say so is not the primary one', async () => {
      const { Resources } = await list('/Users', { filter: 'emails[primary eq false and type eq "work"]' });
      const wanted = users.filter(({ emails }) =>
        Array.isArray(emails)
          ? emails.some((email) => isJsonObject(email) && email.type === 'work' && email.primary !== true)
          : false,
      );
      expect(Resources.map(({ id }) => id).sort()).toEqual(wanted.map(({ id }) => id).sort());
    });

    test('RFC 7644 §3.4.2.2 filters: of groups find by name, externalId and member', async () => {
      const groups = (await list('/Groups', {})).Resources;
      const [first] = users;
      for (const filter of [
        'displayName eq "EVERY 2"',
        'displayName co "every" and not (externalId eq "G-5")',
        'externalId sw "G-"',
        'externalId eq "g-5"',
        `members.value eq "${first?.id}"`,
        `members[value eq "${users[5]?.id}"]`,
        'members pr',
        'meta.created lt "2001-01-01T00:00:00Z"',
        `id eq "${groups[1]?.id}"`,
      ]) {
        const bound = bindFilter(parseFilter(filter), groupResourceType);
        const expected = groups.filter((group) => matchesFilter(bound, group)).map(({ id }) => id);
        expect(
          (await list('/Groups', { filter })).Resources.map(({ id }) => id),
          filter,
        ).toEqual(expected);
      }
    });

    test.each([
      'userName',
      'userName eq',
      'userName eq "a" and',
      'userName is "a"',
      'nobody eq "a"',
      'password sw "a"',
      'active gt true',
      'meta.created eq "yesterday"',
      'userName eq "a" or',
      '(userName eq "a"',
      'emails[type eq "a"',
      'userName eq "a") or (userName pr',
      '',
      "userName eq 'a'",
    ])('RFC 7644 §3.4.2.2 filters: %j is refused, and never taken for everybody', async (filter) => {
      const path = `/Users?filter=${encodeURIComponent(filter)}`;
      expect((await scim?.expect(400, { path }))?.body.scimType).toBe('invalidFilter');
    });
  });
}
