/** Whom somebody names as manager, undefined where that is nobody of this graph. */
export type ManagerOf = (id: string) => string | undefined;

/** Everybody on the cycles that the lines above these people lead to. */
export function findCycles(ids: Iterable<string>, managerOf: ManagerOf): Set<string> {
  const onCycle = new Set<string>();
  const known = new Set<string>();
  for (const start of ids) {
    const line: string[] = [];
    const places = new Map<string, number>();
    let id: string | undefined = start;
    while (id !== undefined && !known.has(id) && !places.has(id)) {
      places.set(id, line.length);
      line.push(id);
      id = managerOf(id);
    }
    // Only a line that comes back to itself closes a cycle; one that joins an older line has been looked at.
    const back = id === undefined ? undefined : places.get(id);
    if (back !== undefined) for (const each of line.slice(back)) onCycle.add(each);
    for (const each of line) known.add(each);
  }
  return onCycle;
}
