/** A token of a filter or PATCH path; positions count characters from 1. */
export type Token =
  | { readonly kind: 'punctuation'; readonly text: '(' | ')' | '[' | ']'; readonly position: number }
  | { readonly kind: 'string'; readonly value: string; readonly position: number }
  | { readonly kind: 'word'; readonly text: string; readonly position: number };

/** Thrown by the tokenizer and the parser; callers turn it into invalidFilter or invalidPath. */
export class FilterSyntaxError extends Error {
  override readonly name = 'FilterSyntaxError';
}

/** Splits a filter into tokens in one pass, in linear time. Throws {@link FilterSyntaxError}. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let index = 0;
  while (index < text.length) {
    const character = text.charAt(index);
    const position = index + 1;
    if (isSpace(character)) {
      index += 1;
    } else if (character === '(' || character === ')' || character === '[' || character === ']') {
      tokens.push({ kind: 'punctuation', text: character, position });
      index += 1;
    } else if (character === '"') {
      const end = endOfString(text, index);
      tokens.push({ kind: 'string', value: readString(text.slice(index, end), position), position });
      index = end;
    } else {
      const end = endOfWord(text, index);
      tokens.push({ kind: 'word', text: text.slice(index, end), position });
      index = end;
    }
  }
  return tokens;
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}

function endOfWord(text: string, start: number): number {
  let end = start;
  while (end < text.length && !isSpace(text.charAt(end)) && !'()[]"'.includes(text.charAt(end))) end += 1;
  return end;
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length) {
    const character = text.charAt(index);
    if (character === '"') return index + 1;
    index += character === '\\' ? 2 : 1;
  }
  throw new FilterSyntaxError(`the string that starts at character ${start + 1} has no closing quote`);
}

/** Strings are JSON strings (RFC 7644 §3.4.2.2). Text that PostgreSQL can't hold is refused here. */
function readString(json: string, position: number): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new FilterSyntaxError(
      `the string at character ${position} is not a JSON string; escape quotes and backslashes with a backslash`,
    );
  }
  if (typeof value !== 'string' || value.includes('\u0000') || !value.isWellFormed()) {
    throw new FilterSyntaxError(`the string at character ${position} contains a character that is not text`);
  }
  return value;
}
