import type { PersonItem, TeamItem } from './chart-item.ts';
import { branchLoaded, branchToggled, type ChartState, emptyChart, top } from './chart-state.ts';

/** A person of a chart, called as their id. */
export function person(
  id: string,
  parentId: string | null,
  childCount = 0,
  changes: Partial<PersonItem> = {},
): PersonItem {
  return {
    kind: 'person',
    id,
    name: id,
    parentId,
    childCount,
    userName: `${id}@x.example`,
    title: null,
    department: null,
    photo: null,
    active: true,
    onCycle: false,
    ...changes,
  };
}

/** A team of a chart, called as its id. */
export function team(id: string, parentId: string | null, childCount = 0): TeamItem {
  return {
    kind: 'team',
    id,
    name: id,
    parentId,
    childCount,
    origin: 'ORG_STRUCTURE',
    memberCount: 3,
    lead: null,
  };
}

/** ceo → a, b; a → a1…a(n); one person alone. */
export function company(reportsOfA = 3): ChartState {
  const reports = Array.from({ length: reportsOfA }, (_, index) => person(`a${index + 1}`, 'a'));
  let state: ChartState = { ...emptyChart, topTotal: 2 };
  state = branchLoaded(state, top, {
    items: [person('ceo', null, 2), person('alone', null)],
    after: undefined,
  });
  state = branchLoaded(state, 'ceo', {
    items: [person('a', 'ceo', reportsOfA), person('b', 'ceo', 1)],
    after: undefined,
  });
  state = branchLoaded(state, 'a', { items: reports, after: undefined });
  return branchToggled(branchToggled(state, 'ceo', true), 'a', true);
}
