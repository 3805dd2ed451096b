const shown = 5;

/** `Sales`, `Sales and Product`, or the first five `and 7 more`. */
export function listed(names: readonly string[]): string {
  const more = names.length - shown;
  if (more > 0) return `${names.slice(0, shown).join(', ')} and ${more.toLocaleString('en')} more`;
  return new Intl.ListFormat('en').format(names);
}
