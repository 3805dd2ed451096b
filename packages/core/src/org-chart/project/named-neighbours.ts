/** Who names whom: the reverse of a column, kept while rows change. */
export class NamedNeighbours {
  private readonly byName = new Map<string, Set<string>>();

  /** `id` names `after` and no longer `before`. */
  move(id: string, before: string | null | undefined, after: string | null | undefined): void {
    if (before === after) return;
    if (before != null) this.byName.get(before)?.delete(id);
    if (after == null) return;
    const known = this.byName.get(after) ?? new Set();
    this.byName.set(after, known.add(id));
  }

  /** Those who name `name`. */
  of(name: string): Iterable<string> {
    return this.byName.get(name) ?? [];
  }
}
