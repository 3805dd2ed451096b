/** What a condition of a filter looks at for each row. */
export type Looked = 'nothing' | 'column' | 'list' | 'rows' | 'search';

/**
 * What one comparison costs. The figures stand to each other as measured, each with a text that nobody has, among people who
 * all have to be looked at: a column of theirs, a list that is taken apart, rows of other tables, and the three names and
 * all addresses of a search. An index makes some of them cheaper, and none of them dearer.
 */
export const demandPrices: Readonly<Record<Looked, number>> = {
  nothing: 0,
  column: 500,
  list: 3000,
  rows: 3000,
  search: 12_500,
};

/** The price that a part of the schema names for what is compared in it. */
export function priceOf({
  extensions,
}: {
  readonly extensions: Readonly<Record<string, unknown>>;
}): number | undefined {
  const { looksAt } = extensions;
  return typeof looksAt === 'string' && isLooked(looksAt) ? demandPrices[looksAt] : undefined;
}

const isLooked = (text: string): text is Looked => Object.hasOwn(demandPrices, text);
