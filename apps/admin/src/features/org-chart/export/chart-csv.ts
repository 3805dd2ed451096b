import { csvLine } from '@/lib/files/csv.ts';
import type { ChartItem, ChartView } from '../model/chart-item.ts';

const peopleColumns = [
  'id',
  'userName',
  'name',
  'title',
  'department',
  'active',
  'managerId',
  'managerUserName',
  'managerName',
  'reports',
];
const teamColumns = [
  'id',
  'name',
  'origin',
  'parentId',
  'parentName',
  'leadId',
  'leadName',
  'members',
  'subTeams',
];

function lineOf(item: ChartItem, parent: ChartItem | undefined): string {
  const { id, name, parentId, childCount } = item;
  if (item.kind === 'team') {
    const { origin, lead, memberCount } = item;
    return csvLine([id, name, origin, parentId, parent?.name, lead?.id, lead?.name, memberCount, childCount]);
  }
  const manager = parent?.kind === 'person' ? parent : undefined;
  const { userName, title, department, active } = item;
  return csvLine([
    id,
    userName,
    name,
    title,
    department,
    active,
    parentId,
    manager?.userName,
    manager?.name,
    childCount,
  ]);
}

const byName = new Intl.Collator('en').compare;

/** The people, or the teams, as a table by name; each names the one above. A byte order mark tells spreadsheets that it is UTF-8. */
export function chartCsv(view: ChartView, items: readonly ChartItem[]): string {
  const known = new Map(items.map((item) => [item.id, item]));
  const columns = view === 'teams' ? teamColumns : peopleColumns;
  const inOrder = items.toSorted((one, other) => byName(one.name, other.name));
  const lines = inOrder.map((item) => lineOf(item, item.parentId ? known.get(item.parentId) : undefined));
  return `\uFEFF${csvLine(columns)}${lines.join('')}`;
}
