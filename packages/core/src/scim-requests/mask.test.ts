import { expect, test } from 'vitest';
import { MASK, maskExchange, maskText } from './mask.ts';

const SECRET = 'Kv7J2LEa!x9#';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const TOKEN = `rc_scim_${'0'.repeat(32)}_${'x'.repeat(51)}`;

const all = (exchange: { url?: string; body?: unknown; answer?: string }): string =>
  JSON.stringify(maskExchange({ url: '/scim/v2/Users', body: undefined, answer: undefined, ...exchange }));

const patch = (operation: object) => ({ Operations: [operation] });

test.each<[string, unknown]>([
  ['of a new person', { userName: 'ann', password: SECRET }],
  ['whatever the case', { userName: 'ann', PassWord: SECRET }],
  ['by its full name', { userName: 'ann', [`${USER}:password`]: SECRET }],
  ['under its schema', { userName: 'ann', [USER]: { password: SECRET } }],
  ['that is a list', { userName: 'ann', password: [{ value: SECRET }] }],
  ['at a path', patch({ op: 'replace', path: 'password', value: SECRET })],
  ['at a path in another case', patch({ op: 'Replace', Path: 'PASSWORD', Value: SECRET })],
  ['at a full path', patch({ op: 'add', path: `${USER}:password`, value: SECRET })],
  ['at a path with a filter', patch({ op: 'add', path: `password[value eq "${SECRET}"]`, value: 'ann' })],
  ['in a value without a path', patch({ op: 'replace', value: { password: SECRET } })],
  ['in a value by its full name', patch({ op: 'replace', value: { [`${USER}:password`]: SECRET } })],
  ['in a text that is JSON', patch({ op: 'replace', value: JSON.stringify({ password: SECRET }) })],
  [
    'in an operation of a bulk',
    { Operations: [{ method: 'POST', path: '/Users', data: { userName: 'ann', password: SECRET } }] },
  ],
  ['in a filter of a search', { filter: `userName eq "ann" and password eq "${SECRET}"` }],
  ['that is named and valued apart', { extra: [{ name: 'password', value: SECRET }] }],
  ['of another name', { userName: 'ann', clientSecret: SECRET, api_key: SECRET, accessToken: SECRET }],
])('a password %s is not told', (_, body) => {
  const masked = all({ body });
  expect(masked).not.toContain('Kv7J2LEa');
  expect(masked).toContain(MASK);
  expect(
    all({ body: JSON.parse(JSON.stringify(body).replaceAll('Kv7J2LEa!x9#', '12345678')) }),
  ).not.toContain('12345678');
});

test.each([
  [`filter=password eq "${SECRET}"`],
  [`filter=userName eq "ann" or (Password sw "${SECRET}")`],
  [`password=${SECRET}`],
  [`access_token=${TOKEN}`],
  [`filter=externalId eq "${TOKEN}"`],
])('no secret is told of an address with %s, escaped or not', (query) => {
  for (const url of [
    `/scim/v2/Users?${query}`,
    `/scim/v2/Users?${encodeURI(query)}`,
    `/x?${escapedWhole(query)}`,
  ])
    expect(all({ url })).not.toMatch(/Kv7J2LEa|rc_scim_0/);
});

/** Each character of the value escaped, which nobody need do and anybody may. */
const escapedWhole = (query: string): string => {
  const [name = '', ...value] = query.split('=');
  const bytes = [...Buffer.from(value.join('='))].map((byte) => `%${byte.toString(16).padStart(2, '0')}`);
  return `${name}=${bytes.join('')}`;
};

test('what was sent as a secret is not told where it comes again', () => {
  const answer = JSON.stringify({ detail: `title: "${SECRET}" is too long.`, nickName: SECRET });
  expect(all({ body: { password: SECRET, title: SECRET }, answer })).not.toContain('Kv7J2LEa');
});

test.each([
  `Bearer ${TOKEN}`,
  `curl/8 (${TOKEN})`,
  'bearer abcdefghij',
  'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
])('a token is not told of %s', (text) => {
  expect(maskText(text)).not.toMatch(/rc_scim_0|abcdefghij|c2ln/);
  expect(all({ body: { title: text } })).not.toMatch(/rc_scim_0|abcdefghij|c2ln/);
});

test('what is no secret is told as it came', () => {
  const body = {
    schemas: [USER],
    userName: 'ann@example.com',
    title: 'Secretary of the Password Team',
    emails: [{ value: 'ann@example.com', type: 'work' }],
    active: true,
    nothing: null,
  };
  const url = '/scim/v2/Users?filter=userName%20eq%20%22ann%40example.com%22&attributes=password';
  expect(maskExchange({ url, body, answer: undefined })).toEqual({ url, body: JSON.stringify(body) });
  const error = { detail: 'password: is shorter than 12 characters. Send a longer one.', status: '400' };
  expect(maskExchange({ url, body: undefined, answer: JSON.stringify(error) }).answer).toBe(
    JSON.stringify(error),
  );
});

test('of a request with very many secrets neither body nor answer is told: each would be looked for in both', () => {
  const exchangeWith = (count: number) => {
    const Operations = Array.from({ length: count }, (_, n) => ({
      path: 'password',
      value: `secret-${n}-of-many`,
    }));
    const { body, answer } = maskExchange({ url: '/Bulk', body: { Operations }, answer: '{}' });
    return [body !== undefined, answer !== undefined];
  };
  expect([50, 51].map(exchangeWith)).toEqual([
    [true, true],
    [false, false],
  ]);
});
