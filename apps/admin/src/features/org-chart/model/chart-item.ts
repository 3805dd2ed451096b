/** The two views of the organization. */
export type ChartView = 'people' | 'teams';

/** What every card has: a place in a tree, and how many stand below it. */
interface ItemBase {
  id: string;
  name: string;
  /** Null at the top. */
  parentId: string | null;
  childCount: number;
}

export interface PersonItem extends ItemBase {
  kind: 'person';
  userName: string;
  title: string | null;
  department: string | null;
  photo: string | null;
  active: boolean;
  /** The managers form a cycle, so nobody is above. */
  onCycle: boolean;
}

export interface TeamItem extends ItemBase {
  kind: 'team';
  origin: 'ORG_STRUCTURE' | 'MANUAL' | 'DIRECTORY';
  memberCount: number;
  lead: { id: string; name: string; photo: string | null } | null;
}

/** What stands on a card: a person under their manager, or a team under its parent. */
export type ChartItem = PersonItem | TeamItem;

/** What gives a card its colour: the department of a person, or of a team, whose sub-teams are called after it. */
export function hueOf(item: ChartItem): string | null {
  return item.kind === 'person' ? item.department : (item.name.split(' - ')[0] ?? item.name);
}

/** What is counted below a card. */
export function countedBelow(kind: ChartItem['kind'], count: number): string {
  if (kind === 'person') return count === 1 ? 'report' : 'reports';
  return count === 1 ? 'sub-team' : 'sub-teams';
}

/** How many are in a team, in words. */
export function membersOf({ memberCount }: { memberCount: number }): string {
  return `${memberCount.toLocaleString('en')} ${memberCount === 1 ? 'member' : 'members'}`;
}
