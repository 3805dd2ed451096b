interface Point {
  x: number;
  y: number;
}

const radius = 8;

/** How far the report count reaches below a card; lines begin under it. */
const countBelow = 10;

function corner(from: Point, at: Point, to: Point): string {
  const cut = (end: Point) => {
    const length = Math.hypot(end.x - at.x, end.y - at.y);
    const share = length === 0 ? 0 : Math.min(radius, length / 2) / length;
    return { x: at.x + (end.x - at.x) * share, y: at.y + (end.y - at.y) * share };
  };
  const start = cut(from);
  const end = cut(to);
  return `L${start.x},${start.y} Q${at.x},${at.y} ${end.x},${end.y}`;
}

/**
 * A line with rounded corners from below a manager's card: to the top of a report's card, or beside the column into
 * its left edge. Both have the same commands, so that a change of place can be animated.
 */
export function linkPath(source: Point, target: Point, entry: 'top' | 'side'): string {
  const start = { x: source.x, y: source.y + countBelow };
  const middle = source.y + 24;
  const bend = entry === 'top' ? target.x : target.x - 14;
  const first = { x: source.x, y: middle };
  const second = { x: bend, y: middle };
  const third = entry === 'top' ? { x: bend, y: (middle + target.y) / 2 } : { x: bend, y: target.y };
  return [
    `M${start.x},${start.y}`,
    corner(start, first, second),
    corner(first, second, third),
    corner(second, third, target),
    `L${target.x},${target.y}`,
  ].join(' ');
}
