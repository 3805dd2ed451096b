import { expect, test } from 'vitest';
import { nearestTeam } from './nearest-team.ts';

const team = (id: string, parentId: string | null, origin = 'ORG_STRUCTURE', memberCount = 5) => ({
  id,
  parentId,
  origin,
  memberCount,
  lead: id.includes('-') ? {} : null,
});

test('the innermost derived team says most of where somebody stands', () => {
  const teams = [team('club', null, 'MANUAL', 2), team('sales', null), team('sales-john', 'sales')];
  expect(nearestTeam(teams)?.id).toBe('sales-john');
  expect(nearestTeam([team('club', null, 'MANUAL')])?.id).toBe('club');
  expect(nearestTeam([])).toBeUndefined();
  const elsewhere = team('design-cy', 'design', 'ORG_STRUCTURE', 9);
  expect(nearestTeam([team('sales', null), elsewhere])?.id).toBe('design-cy');
});
