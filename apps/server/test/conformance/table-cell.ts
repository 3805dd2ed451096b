/** A text as it stands in a cell of a table; what is in backticks stays as it is, but for the sign between cells. */
export const tableCell = (text: string): string =>
  text
    .replaceAll('|', '\\|')
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part.replaceAll(/[<>*[\]]/g, '\\$&') : part))
    .join('`');
