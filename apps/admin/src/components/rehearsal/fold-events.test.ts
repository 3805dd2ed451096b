import { expect, test } from 'vitest';
import type { RehearsedEvent } from '@/lib/live/rehearsal.ts';
import { foldEvents } from './fold-events.ts';

const person = (label: string) => ({ type: 'USER' as const, id: label, label });
const team = { type: 'TEAM' as const, id: 'sales', label: 'Sales' };
const role = { type: 'ROLE' as const, id: 'owner', label: 'owner' };

const event = (
  type: RehearsedEvent['type'],
  subject: RehearsedEvent['subject'],
  related: RehearsedEvent['related'] = null,
): RehearsedEvent => ({ type, subject, related, changes: [] });

test('what happens to several in the same way is one sentence; what happens to one stays as it is told', () => {
  const deleted = event('TEAM_DELETED', team);
  const taken = event('ROLE_REVOKED', person('Ana'), role);
  const { folded, left } = foldEvents([
    event('TEAM_MEMBER_REMOVED', team, person('Ana')),
    event('TEAM_MEMBER_REMOVED', team, person('Ben')),
    taken,
    deleted,
  ]);
  expect(folded.map(({ text }) => text)).toEqual(['Ana and Ben leave Sales']);
  expect(left).toEqual([deleted, taken]);
});

test('of many the first are named and the others counted', () => {
  const people = Array.from({ length: 12 }, (_, n) => person(`P${n + 1}`));
  const { folded } = foldEvents(people.map((each) => event('ROLE_GRANTED', each, role)));
  expect(folded.map(({ text }) => text)).toEqual(['P1, P2, P3, P4, P5 and 7 more get the role owner']);
});

test('who gets a role by joining is one sentence with others who do, and apart from those who do not', () => {
  const joins = (label: string, after: unknown): RehearsedEvent => ({
    ...event('TEAM_MEMBER_ADDED', team, person(label)),
    changes: [{ field: 'memberRoles', before: null, after, named: [] }],
  });
  const owner = [{ id: 'owner', name: 'owner', mappingId: 'm' }];
  const { folded } = foldEvents([
    joins('Ana', owner),
    joins('Ben', owner),
    event('TEAM_MEMBER_ADDED', team, person('Cid')),
    event('TEAM_MEMBER_ADDED', team, person('Dan')),
  ]);
  expect(folded.map(({ text }) => text)).toEqual([
    'Ana and Ben join Sales and get owner by it',
    'Cid and Dan join Sales',
  ]);
});
