import { expect, test } from 'vitest';
import type { RehearsedEvent } from '@/lib/live/rehearsal.ts';
import type { Standing } from './api/standing.ts';
import { consequencesFor, elsewhere, lostPermissions } from './consequences.ts';

const team = (displayName: string) => ({ __typename: 'Team' as const, id: displayName, displayName });
const role = (name: string, ...titles: string[]) => ({
  role: {
    __typename: 'Role' as const,
    id: name,
    name,
    permissions: titles.map((title) => ({ __typename: 'Permission' as const, id: title, title })),
  },
});
const session = { __typename: 'Session' as const, id: 's' };
const token = (name: string) => ({ __typename: 'Token' as const, id: name, name });
const cy: Standing = {
  __typename: 'User',
  id: 'cy',
  status: 'ACTIVE',
  reportCount: 0,
  teams: [team('Sales')],
  roles: [role('admin', 'See people', 'Change people'), role('user', 'See people')],
  sessions: [session],
  tokens: [token('CI')],
};
const texts = (after: Partial<Standing>, before: Partial<Standing> = {}) =>
  consequencesFor({ before: { ...cy, ...before }, after: { ...cy, ...after }, events: [] }).map(
    ({ text }) => text,
  );

test('what goes and what comes is said with names and counts, and what stays is not', () => {
  expect(texts({})).toEqual([]);
  expect(
    texts({ status: 'INACTIVE', reportCount: 2, teams: [], roles: [role('user')], sessions: [], tokens: [] }),
  ).toEqual([
    '1 session ends',
    '1 API token ends for good: CI',
    'Leaves the team Sales',
    'Loses the role admin',
    '2 people go on reporting to them',
  ]);
  expect(texts({ teams: [team('Sales'), team('Alpha'), team('Beta')] })).toEqual([
    'Joins the teams Alpha and Beta',
  ]);
});

test('of many the first are named, and of what may not be seen nothing is said', () => {
  const tokens = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(token);
  expect(texts({ sessions: null, tokens: [] }, { sessions: null, tokens })).toEqual([
    '7 API tokens end for good: a, b, c, d, e and 2 more',
  ]);
});

test('a permission is lost only where no other role gives it', () => {
  const lost = lostPermissions({
    before: cy,
    after: { ...cy, roles: [role('user', 'See people')] },
    events: [],
  });
  expect(lost.map(({ title }) => title)).toEqual(['Change people']);
});

test('what is logged of the person is said already', () => {
  const event = (id: string, relatedId: string): RehearsedEvent => ({
    type: 'TEAM_MEMBER_REMOVED',
    subject: { type: 'TEAM', id, label: id },
    related: { type: 'USER', id: relatedId, label: relatedId },
    changes: [],
  });
  const events = [event('Sales', 'cy'), event('Sales', 'di')];
  expect(elsewhere({ before: cy, after: cy, events })).toEqual([event('Sales', 'di')]);
});
