/** What held from one moment to another; still holds where `ended` is null. Moments in milliseconds. */
export interface Span<Row> {
  readonly row: Row;
  readonly began: number;
  readonly ended: number | null;
}

/** The spans of one kind while a slice of the log is applied: what is open, and what is to be written. */
export class SpanBook<Row extends object> {
  private readonly open = new Map<string, Span<Row>>();
  /** What became of rows in the moment that is being applied. */
  private readonly pending = new Map<string, Row | undefined>();
  private readonly written = new Map<string, Span<Row>>();
  private readonly erased = new Map<string, Span<Row>>();
  /** The spans that the table has of the moment at which they began. */
  private readonly stored = new Set<string>();

  /** A span that the table has open. */
  load(key: string, row: Row, began: number): void {
    this.open.set(key, { row, began, ended: null });
    this.stored.add(place(key, began));
  }

  /** The row as the events so far have it. */
  get(key: string): Row | undefined {
    return this.pending.has(key) ? this.pending.get(key) : this.before(key);
  }

  /** The row as it was before the moment that is being applied. */
  before(key: string): Row | undefined {
    return this.open.get(key)?.row;
  }

  set(key: string, row: Row | undefined): void {
    this.pending.set(key, row);
  }

  /** The rows that events of this moment touched. */
  touched(): string[] {
    return [...this.pending.keys()];
  }

  /** Ends the moment: what it changed begins a new span. What ends as it begins was never there. */
  endMoment(moment: number): void {
    for (const [key, row] of this.pending) {
      const span = this.open.get(key);
      if (isSame(span?.row, row)) continue;
      if (span !== undefined) this.end(key, span, moment);
      if (row !== undefined) this.begin(key, { row, began: moment, ended: null });
    }
    this.pending.clear();
  }

  private end(key: string, span: Span<Row>, moment: number): void {
    const at = place(key, span.began);
    this.open.delete(key);
    if (span.began < moment) this.written.set(at, { ...span, ended: moment });
    else {
      this.written.delete(at);
      if (this.stored.has(at)) this.erased.set(at, span);
    }
  }

  private begin(key: string, span: Span<Row>): void {
    const at = place(key, span.began);
    this.open.set(key, span);
    this.erased.delete(at);
    this.written.set(at, span);
  }

  /** What the table has to be told. */
  outcome(): { readonly written: readonly Span<Row>[]; readonly erased: readonly Span<Row>[] } {
    return { written: [...this.written.values()], erased: [...this.erased.values()] };
  }
}

const place = (key: string, began: number): string => `${key} ${began}`;

function isSame<Row extends object>(one: Row | undefined, other: Row | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  const values = new Map<string, unknown>(Object.entries(other));
  return Object.entries(one).every(([column, value]) => values.get(column) === value);
}
