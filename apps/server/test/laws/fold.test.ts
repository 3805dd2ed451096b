import { fold } from '@rollcall/scim-protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unique } from '../conformance/samples.ts';
import { type Company, openServerWorld, type ServerWorld } from '../world.ts';

let world: ServerWorld;
let company: Company;
beforeAll(async () => {
  world = await openServerWorld();
  company = await world.company();
});
afterAll(() => world.close());

test('the protocol folds each character as the database does, of all that its ICU knows the case of', async () => {
  const characters = Array.from({ length: 0x110000 - 1 }, (_, before) => before + 1)
    .filter((point) => point < 0xd800 || point > 0xdfff)
    .map((point) => String.fromCodePoint(point));
  const { rows } = await world.core.database.pool.query<{ folded: string; knows_case: boolean }>(
    `SELECT fold(t) AS folded, upper(t COLLATE "und-x-icu") <> lower(t COLLATE "und-x-icu") AS knows_case
     FROM unnest($1::text[]) WITH ORDINALITY AS u (t, n) ORDER BY n`,
    [characters],
  );
  const different = characters.filter(
    (character, n) => rows[n]?.knows_case === true && rows[n].folded !== fold(character),
  );
  expect(different).toEqual([]);
}, 60_000);

const pairs = [
  ['ΝΙΚΟΣ', 'νικος'],
  ['ΝΙΚΟΣ', 'νικοσ'],
  ['İpek', 'i̇pek'],
  ['Straße', 'STRASSE'],
  ['Café', 'Cafe\u0301'],
  ['ﬁx', 'FIX'],
] as const;

test.each(pairs)(
  'an e-mail address with %s is found, and removed by a PATCH path, as %s',
  async (one, other) => {
    const { scim } = company;
    const domain = `@${unique('fold')}.example`;
    const user = await scim.create('Users', {
      userName: unique('fold'),
      emails: [{ value: `${one}${domain}` }, { value: `kept${domain}` }],
    });
    const filter = `emails[value eq "${other}${domain}"]`;
    expect((await scim.list('/Users', { filter })).Resources.map(({ id }) => id)).toEqual([user.id]);
    await scim.patch(`/Users/${user.id}`, { op: 'remove', path: filter });
    expect((await scim.read(`/Users/${user.id}`)).emails).toEqual([{ value: `kept${domain}` }]);
  },
);

test.each(pairs)('who is called %s can not be created again as %s', async (one, other) => {
  const { scim } = company;
  const suffix = unique('same');
  const user = await scim.create('Users', { userName: `${one}${suffix}` });
  await scim.expect(409, { method: 'POST', path: '/Users', body: { userName: `${other}${suffix}` } });
  const { Resources } = await scim.list('/Users', { filter: `userName eq "${other}${suffix}"` });
  expect(Resources.map(({ id }) => id)).toEqual([user.id]);
});
