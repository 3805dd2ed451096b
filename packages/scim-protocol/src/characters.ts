/** How many characters a text has: code points, of which an emoji beyond the basic plane is one and not two. */
export function lengthInCharacters(text: string): number {
  let length = 0;
  for (const _character of text) length += 1;
  return length;
}

/** Tells whether a text has more characters than this; one that is short either way is not counted. */
export function isLongerThan(text: string, characters: number): boolean {
  return text.length > characters && lengthInCharacters(text) > characters;
}
