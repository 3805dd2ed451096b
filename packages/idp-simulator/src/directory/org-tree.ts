import { DEPARTMENTS, type Department, EXECUTIVE } from './departments.ts';
import type { Random } from './random.ts';

/** A place in the organisation before a person is found for it. */
export interface Position {
  readonly title: string;
  readonly department: string;
  readonly costCenter: string;
  /** Index of the manager's position, always smaller than the own: the tree can't have a cycle. */
  readonly managerKey: number | undefined;
}

/** A department below this size is not opened. */
const SMALLEST_DEPARTMENT = 5;

/** The positions of an organisation of `size` people: a CEO, one head per department, and spans of about 6–9. */
export function orgTree(size: number, random: Random): Position[] {
  const tree: Position[] = [
    {
      title: EXECUTIVE.title,
      department: EXECUTIVE.name,
      costCenter: EXECUTIVE.costCenter,
      managerKey: undefined,
    },
  ];
  for (const { department, headcount } of headcounts(size - 1)) {
    if (headcount === 0) continue;
    const head = place(tree, department, department.leader, 0);
    staff({ tree, department, random, leader: head, count: headcount - 1, depth: 1 });
  }
  return tree;
}

/** Shares the staff out by weight, opening the larger departments first. */
function headcounts(staffSize: number): { department: Department; headcount: number }[] {
  const open = Math.min(DEPARTMENTS.length, Math.max(1, Math.floor(staffSize / SMALLEST_DEPARTMENT)));
  const departments = DEPARTMENTS.slice(0, open);
  const weight = departments.reduce((sum, department) => sum + department.weight, 0);
  let left = staffSize;
  const shares = departments.map((department) => {
    const headcount = Math.min(left, Math.floor((staffSize * department.weight) / weight));
    left -= headcount;
    return { department, headcount };
  });
  return shares.map((share, at) => (at === 0 ? { ...share, headcount: share.headcount + left } : share));
}

interface Staffing {
  readonly tree: Position[];
  readonly department: Department;
  readonly random: Random;
  readonly leader: number;
  readonly count: number;
  readonly depth: number;
}

/** Puts `count` people below the leader, with managers in between as soon as one can't lead them all. */
function staff({ tree, department, random, leader, count, depth }: Staffing): void {
  const span = 6 + random.below(4);
  if (count <= span + 3) {
    for (let at = 0; at < count; at++) place(tree, department, random.oneOf(department.titles), leader);
    return;
  }
  const managers = Math.min(span, Math.max(2, Math.ceil(count / (span + 1))));
  const below = count - managers;
  for (let at = 0; at < managers; at++) {
    const share = Math.floor(below / managers) + (at < below % managers ? 1 : 0);
    const manager = place(tree, department, managerTitle(department, depth, share > 12), leader);
    staff({ tree, department, random, leader: manager, count: share, depth: depth + 1 });
  }
}

function managerTitle(department: Department, depth: number, leadsManagers: boolean): string {
  if (!leadsManagers) return `${department.field} Manager`;
  if (depth === 1) return `VP ${department.field}`;
  return depth === 2 ? `Director ${department.field}` : `Senior Manager ${department.field}`;
}

function place(tree: Position[], department: Department, title: string, managerKey: number): number {
  tree.push({ title, department: department.name, costCenter: department.costCenter, managerKey });
  return tree.length - 1;
}
