import { colorOf } from '@/components/people/person-name.ts';
import classes from './chart-card.module.css';

/** The colour of a department, the same on every card and on the map. */
export function departmentColor(department: string | null): string {
  return department ? `var(--mantine-color-${colorOf(department)}-5)` : 'var(--line-strong)';
}

/** A dot in the department's colour, with its name on hover. */
export function DepartmentDot({ department }: { department: string | null }) {
  if (!department) return null;
  return (
    <span className={classes.dot} style={{ background: departmentColor(department) }} title={department} />
  );
}
