import { FilterSyntaxError, type Token } from './tokenize.ts';

/** Reads tokens in order with one token of look-ahead. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(): Token | undefined {
    return this.#tokens[this.#index];
  }

  next(expected: string): Token {
    const token = this.peek();
    if (token === undefined) throw new FilterSyntaxError(`${expected} is expected at the end`);
    this.#index += 1;
    return token;
  }

  /** Consumes the next token when it is this punctuation. */
  skipPunctuation(text: string): boolean {
    const token = this.peek();
    if (token?.kind !== 'punctuation' || token.text !== text) return false;
    this.#index += 1;
    return true;
  }

  expectPunctuation(text: string): void {
    const token = this.peek();
    if (this.skipPunctuation(text)) return;
    throw unexpected(token, `"${text}"`);
  }

  /** Consumes the next token when it is this keyword, in any case. */
  skipKeyword(keyword: string): boolean {
    const token = this.peek();
    if (token?.kind !== 'word' || token.text.toLowerCase() !== keyword) return false;
    this.#index += 1;
    return true;
  }

  /** Consumes a `.name` that follows a closing bracket, and gives the name. */
  skipSubAttribute(): string | undefined {
    const token = this.peek();
    if (token?.kind !== 'word' || !token.text.startsWith('.')) return undefined;
    this.#index += 1;
    const name = token.text.slice(1);
    if (!isAttributeName(name)) throw unexpected(token, 'the name of a sub-attribute after "."');
    return name;
  }

  expectWord(expected: string): Extract<Token, { kind: 'word' }> {
    const token = this.next(expected);
    if (token.kind !== 'word') throw unexpected(token, expected);
    return token;
  }

  /** Reads `[urn:]name[.subName]` (attrPath of RFC 7644 §3.4.2.2). */
  expectAttributePath(): string {
    const token = this.expectWord('an attribute name');
    if (!isAttributePath(token.text)) throw unexpected(token, 'an attribute name');
    return token.text;
  }

  expectEnd(): void {
    const token = this.peek();
    if (token !== undefined) throw unexpected(token, '"and", "or" or the end');
  }
}

/** An error that says what was found, where, and what is expected there. */
export function unexpected(token: Token | undefined, expected: string): FilterSyntaxError {
  if (token === undefined) return new FilterSyntaxError(`${expected} is expected at the end`);
  const found = token.kind === 'string' ? JSON.stringify(token.value) : token.text;
  const shown = found.length > 40 ? `${found.slice(0, 40)}…` : found;
  return new FilterSyntaxError(
    `${expected} is expected at character ${token.position}, where ${shown} was found`,
  );
}

/** ATTRNAME, with the `$` of `$ref` that the printed grammar forgets (reported erratum 8924). */
function isAttributeName(text: string): boolean {
  return /^[$A-Za-z][\w$-]*$/.test(text);
}

/** Syntax alone: everything up to the last colon is a URN, so dots in "2.0" never part a sub-attribute. */
function isAttributePath(text: string): boolean {
  if (isAttributeName(text)) return true;
  const colon = text.lastIndexOf(':');
  const urn = text.slice(0, Math.max(colon, 0));
  if (colon !== -1 && !/^[a-z][a-z0-9+.-]*:\S+$/i.test(urn)) return false;
  const names = text.slice(colon + 1).split('.');
  return names.length <= 2 && names.every(isAttributeName);
}
