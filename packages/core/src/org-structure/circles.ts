/** The order of code points, which is PostgreSQL's under COLLATE "C". */
export const comesBefore = (one: string, other: string): boolean =>
  Buffer.compare(Buffer.from(one), Buffer.from(other)) < 0;

/** The circle that `start` is on, beginning with it, where each node leads to one other; undefined when it is on none. */
export function circleOf(
  start: string,
  next: (node: string) => string | null | undefined,
): string[] | undefined {
  const path = [start];
  const seen = new Set(path);
  for (let node = next(start); node != null; node = next(node)) {
    if (node === start) return path;
    if (seen.has(node)) return undefined;
    seen.add(node);
    path.push(node);
  }
  return undefined;
}

/** Where a department points to, how many members say so, and how many have no manager. */
export interface Pointer {
  readonly pointsTo: string | null;
  readonly weight: number;
  readonly heads: number;
}

/** The key of the department that a circle is cut at: fewest members point on, then most without a manager, then the first by key. */
export function weakestOf(circle: readonly string[], pointer: (key: string) => Pointer | undefined): string {
  const rank = (key: string): readonly [number, number] => [
    pointer(key)?.weight ?? 0,
    -(pointer(key)?.heads ?? 0),
  ];
  return circle.reduce((weakest, key) => {
    const [weight, heads] = rank(key);
    const [least, most] = rank(weakest);
    const isWeaker = weight - least || heads - most || (comesBefore(key, weakest) ? -1 : 1);
    return isWeaker < 0 ? key : weakest;
  });
}

/** The department's parent: where it points to, but for the one that a circle is cut at. */
export function parentDepartment(key: string, pointer: (key: string) => Pointer | undefined): string | null {
  const pointsTo = pointer(key)?.pointsTo ?? null;
  if (pointsTo === null) return null;
  const circle = circleOf(key, (each) => pointer(each)?.pointsTo);
  return circle !== undefined && weakestOf(circle, pointer) === key ? null : pointsTo;
}
