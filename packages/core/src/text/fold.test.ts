import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';
import { fold } from './fold.ts';

const world = useWorld();

/** Each character of Unicode that a text can have. */
const characters = Array.from({ length: 0x110000 - 1 }, (_, before) => before + 1)
  .filter((point) => point < 0xd800 || point > 0xdfff)
  .map((point) => String.fromCodePoint(point));

/** The texts as the database has them: folded, and with the case changed as far as its ICU knows. */
async function inDatabase(texts: readonly string[]): Promise<{ folded: string; knows_case: boolean }[]> {
  let rows: { folded: string; knows_case: boolean }[] = [];
  await withClient(world.databaseUrl, async (client) => {
    ({ rows } = await client.query(
      `SELECT fold(t) AS folded, upper(t COLLATE "und-x-icu") <> lower(t COLLATE "und-x-icu") AS knows_case
       FROM unnest($1::text[]) WITH ORDINALITY AS u (t, n) ORDER BY n`,
      [texts],
    ));
  });
  return rows;
}

test('database and code fold every character alike, except for capitals that an older ICU does not know', async () => {
  const rows = await inDatabase(characters);
  const different = characters.filter((character, n) => {
    const row = rows[n];
    return row?.folded !== fold(character) && row?.knows_case === true;
  });
  expect(different).toEqual([]);
  const unknown = characters.filter((character, n) => rows[n]?.folded !== fold(character));
  // Georgian capitals, which sentences do not use, and letters of scripts that were added since Unicode 10.
  expect(unknown.filter((character) => /^\p{Ll}$/u.test(character))).toEqual([]);
  expect(unknown.length).toBeLessThan(200);
}, 30_000);

test('every character has one form with its capital, its small letter and its normal forms', () => {
  const several = characters.filter((character) => {
    const spelled = [character, character.toUpperCase(), character.toLowerCase(), fold(character)];
    const forms = new Set(spelled.flatMap((text) => [text, text.normalize('NFC'), text.normalize('NFD')]));
    return forms.size > 1 && new Set([...forms].map(fold)).size > 1;
  });
  expect(several).toEqual([]);
});

test('database and code fold every text alike, and what is folded stays as it is', async () => {
  const word = fc
    .array(fc.constantFrom(...'aÀßẞΣσςİıſﬁΐǰ́̈ͅKÅé中 -.%_"\\'), { maxLength: 8 })
    .map((parts) => parts.join(''));
  const texts = fc.sample(word, { numRuns: 5000, seed: 7643 });
  const rows = await inDatabase(texts);
  expect(rows.map(({ folded }) => folded)).toEqual(texts.map(fold));
  expect(texts.filter((text) => fold(fold(text)) !== fold(text))).toEqual([]);
});

describe('what is one and what is two', () => {
  test.each([
    ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['ΝΙΚΟΣ@example.com', 'νικοσ@example.com'],
    ['STRASSE', 'straße'],
    ['GROẞ', 'groß'],
    ['Caf\u00e9', 'Cafe\u0301'],
    ['İstanbul', 'i\u0307stanbul'],
    ['Kelvin', 'kelvin'],
  ])('%s is %s', (one, other) => {
    expect(fold(one)).toBe(fold(other));
  });

  test.each([
    ['İstanbul', 'istanbul'],
    ['Zoe', 'Zoë'],
    ['a', 'а'],
  ])('%s is not %s', (one, other) => {
    expect(fold(one)).not.toBe(fold(other));
  });
});
