import { expect, test } from 'vitest';
import { teamResult } from './groups/testing/team-result.ts';
import { groupEtag } from './groups/to-scim.ts';
import { adaId, bobId, teamId } from './testing/results.ts';
import { userResult } from './users/testing/user-result.ts';
import { userEtag } from './users/to-scim.ts';

const team = { id: teamId, displayName: 'Crew', origin: 'DIRECTORY' } as const;
const member = (id: string, displayName: string) => ({ id, displayName, type: 'USER' as const });

test('what a user shows of others is in the tag: names of groups, of the manager, and of definitions', () => {
  const tags = [
    userResult(),
    userResult({ version: 4 }),
    userResult({ teams: [team] }),
    userResult({ teams: [{ ...team, displayName: 'Team' }] }),
    userResult({ managerDisplayName: 'Crew' }),
    userResult({ managerDisplayName: 'Captain' }),
    userResult({ customAttributes: [{ schema: 'urn:x', name: 'badge', value: 1 }] }),
    userResult({ customAttributes: [{ schema: 'urn:x', name: 'pass', value: 1 }] }),
    userResult({ customAttributes: [{ schema: 'urn:y', name: 'pass', value: 1 }] }),
  ].map((user) => userEtag(user));
  expect(new Set(tags).size).toBe(tags.length);
});

test('a team that is no group is no part of what a user shows', () => {
  expect(userEtag(userResult({ teams: [{ ...team, origin: 'MANUAL' }] }))).toBe('W/"3"');
  expect(userEtag(userResult({ teams: [] }))).toBe(userEtag(userResult()));
});

test('the names of members are in the tag of a group that shows them', () => {
  const tags = [
    teamResult(),
    teamResult({ version: 8 }),
    teamResult({ memberReferences: [member(adaId, 'Ada'), member(bobId, 'Bob')] }),
    teamResult({ memberReferences: [member(adaId, 'Bob'), member(bobId, 'Ada')] }),
    teamResult({ memberReferences: [member(adaId, 'Augusta'), member(bobId, 'Bob')] }),
  ].map((group) => groupEtag(group));
  expect(new Set(tags).size).toBe(tags.length);
});
