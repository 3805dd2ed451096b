import { checkCharacters } from '../text/text-rules.ts';

/** Refuses a filter that asks for a text which nothing can have, and names where it stands. */
export function checkAskedTexts(asked: unknown, field: string): void {
  if (typeof asked === 'string') checkCharacters(asked, field);
  else if (typeof asked === 'object' && asked !== null && !(asked instanceof Date))
    for (const [name, part] of Object.entries(asked))
      checkAskedTexts(part, Array.isArray(asked) ? field : `${field}.${name}`);
}
