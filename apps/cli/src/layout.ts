/** Lays out labelled values below each other; a missing value is a dash. */
export function labelled(rows: readonly (readonly [label: string, value: string | null])[]): string {
  return columns(rows.map(([label, value]) => [`  ${label}`, value ?? '–']));
}

/** Lays out a table with a heading; an empty one is told in words. */
export function table(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  whenEmpty: string,
): string {
  return rows.length === 0 ? `${whenEmpty}\n` : columns([heading, ...rows]);
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, cell.length);
    });
  const lines = rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return lines.map((line) => `${line}\n`).join('');
}
