import { type ChartItem, hueOf } from '../model/chart-item.ts';
import { hueOfDepartment } from '../model/department-hues.ts';
import classes from './chart-card.module.css';

/** The name of the colour of a department or team; null when there is none. */
export function hueName(item: ChartItem): string | null {
  const hue = hueOf(item);
  return hue ? hueOfDepartment(hue) : null;
}

/** The colour of a department or team, the same on every card and on the map. */
export function itemColor(item: ChartItem): string {
  const name = hueName(item);
  return name ? `var(--mantine-color-${name}-5)` : 'var(--line-strong)';
}

/** A dot in the department's colour, with its name on hover. */
export function DepartmentDot({ item }: { item: ChartItem }) {
  const hue = hueOf(item);
  if (!hue) return null;
  return <span className={classes.dot} style={{ background: itemColor(item) }} title={hue} />;
}
