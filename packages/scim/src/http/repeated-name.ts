import { namesOf } from '@rollcall/scim-protocol';

/**
 * A name that one object of a JSON text has twice; of such members a parsed value has but the last, and nobody can tell which
 * was meant. The text is read only when it has more names, as its outline counts them, than the value that it was parsed to.
 * Takes `__proto__` out of the value.
 */
export function findRepeatedName(text: string, names: number, parsed: unknown): string | undefined {
  return countNames(parsed) === names ? undefined : firstRepeated(text);
}

/**
 * The names in a value, which loses those that would reach a prototype where it is copied: no schema knows them. A list and no
 * recursion: a body that is nested without end must not exhaust the stack.
 */
function countNames(value: unknown): number {
  let names = 0;
  const left = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (Array.isArray(next)) {
      for (const item of next) if (isContainer(item)) left.push(item);
    } else if (isContainer(next)) {
      if (Object.hasOwn(next, PROTOTYPE)) {
        names += 1;
        left.push(next[PROTOTYPE]);
        delete next[PROTOTYPE];
      }
      const members = namesOf(next);
      names += members.length;
      for (const name of members) {
        const item = next[name];
        if (isContainer(item)) left.push(item);
      }
    }
  }
  return names;
}

const PROTOTYPE = '__proto__';

const isContainer = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Reads a text that is known to be JSON. */
function firstRepeated(text: string): string | undefined {
  /** The names of each object that is open, and undefined for a list. */
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '{') open.push(new Set());
    else if (sign === '[') open.push(undefined);
    else if (sign === '}' || sign === ']') open.pop();
    else if (sign === '"') {
      const end = endOfString(text, at);
      const names = open.at(-1);
      if (names !== undefined && isName(text, end)) {
        const name = read(text.slice(at, end + 1));
        if (names.has(name)) return name;
        names.add(name);
      }
      at = end;
    }
  }
  return undefined;
}

/** Where the quote is that ends the string which begins here. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (; text[at] !== '"'; at++) if (text[at] === '\\') at++;
  return at;
}

/** Does a colon follow the string that ends here? */
function isName(text: string, end: number): boolean {
  let at = end + 1;
  while (isSpace(text[at])) at++;
  return text[at] === ':';
}

const isSpace = (sign: string | undefined): boolean =>
  sign === ' ' || sign === '\n' || sign === '\r' || sign === '\t';

/** A name may have escapes: `\u0061` is `a`. */
const read = (quoted: string): string => (quoted.includes('\\') ? JSON.parse(quoted) : quoted.slice(1, -1));
