/** The order of code points, which is PostgreSQL's under COLLATE "C". */
const comesBefore = (one: string, other: string): boolean =>
  Buffer.compare(Buffer.from(one), Buffer.from(other)) < 0;

/** The cycle that `start` is on, beginning with it, where each node leads to one other; undefined when it is on none. */
export function cycleOf(
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

/** The key of the department that a cycle is cut at: fewest members point on, then most without a manager, then the first by key. */
export function weakestOf(cycle: readonly string[], pointer: (key: string) => Pointer | undefined): string {
  const rank = (key: string): readonly [number, number] => [
    pointer(key)?.weight ?? 0,
    -(pointer(key)?.heads ?? 0),
  ];
  return cycle.reduce((weakest, key) => {
    const [weight, heads] = rank(key);
    const [least, most] = rank(weakest);
    const isWeaker = weight - least || heads - most || (comesBefore(key, weakest) ? -1 : 1);
    return isWeaker < 0 ? key : weakest;
  });
}

/**
 * Where a department points to: the other department that the managers of its members belong to most often, of equals the
 * first by code point. Of each member comes the key of the manager's department, null where that has none and undefined
 * where nobody leads them.
 */
export function pointerOf(
  key: string,
  managerDepartments: readonly (string | null | undefined)[],
  departments: ReadonlyMap<string, unknown>,
): Pointer {
  const others = managerDepartments.filter(
    (other) => other != null && other !== key && departments.has(other),
  );
  const top = mostFrequent(others);
  const heads = managerDepartments.filter((other) => other === undefined).length;
  return { pointsTo: top?.value ?? null, weight: top?.count ?? 0, heads };
}

/** The value that occurs most; of several the first by code point. */
export function mostFrequent<Value extends string | null | undefined>(
  values: readonly Value[],
): { value: NonNullable<Value>; count: number } | undefined {
  const counts = new Map<NonNullable<Value>, number>();
  for (const value of values) if (value != null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [first] = [...counts].sort(([a, m], [b, n]) => n - m || (comesBefore(a, b) ? -1 : 1));
  return first === undefined ? undefined : { value: first[0], count: first[1] };
}

/** The cycles that following `next` ends in, each from its first id on. */
export function cyclesOf(next: ReadonlyMap<string, string | null | undefined>): string[][] {
  const seen = new Set<string>();
  const cycles: string[][] = [];
  for (const start of next.keys()) {
    const path = new Set<string>();
    let node: string | null | undefined = start;
    for (; node != null && next.has(node) && !seen.has(node); node = next.get(node)) {
      seen.add(node);
      path.add(node);
    }
    if (node == null || !path.has(node)) continue;
    const line = [...path];
    cycles.push(fromItsFirst(line.slice(line.indexOf(node))));
  }
  return cycles;
}

function fromItsFirst(cycle: readonly string[]): string[] {
  const first = cycle.indexOf(cycle.toSorted()[0] ?? '');
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}

/** The department's parent: where it points to, but for the one that a cycle is cut at. */
export function parentDepartment(key: string, pointer: (key: string) => Pointer | undefined): string | null {
  const pointsTo = pointer(key)?.pointsTo ?? null;
  if (pointsTo === null) return null;
  const cycle = cycleOf(key, (each) => pointer(each)?.pointsTo);
  return cycle !== undefined && weakestOf(cycle, pointer) === key ? null : pointsTo;
}
