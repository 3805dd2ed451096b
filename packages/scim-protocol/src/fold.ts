/**
 * The form in which texts are compared whose case does not count: those that differ by case or by normal form alone have
 * the same (RFC 7643 §2.2, RFC 7644 §5). A server that filters by another form finds what a PATCH path then misses. Lower
 * case alone would keep ς from σ, and upper case alone ẞ from ß.
 */
export const fold = (text: string): string =>
  isAscii(text)
    ? text.toLowerCase()
    : text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFC');

// Nearly all texts are.
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);
