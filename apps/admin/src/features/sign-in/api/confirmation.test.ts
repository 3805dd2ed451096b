import { expect, test } from 'vitest';
import { confirmationIn } from './confirmation.ts';

const ID = '0190a0a0-0000-7000-8000-000000000001';
const of = (query: string) => confirmationIn(new URLSearchParams(query));

test('a sign-in that another site began goes on at its connection', () => {
  expect(of(`confirm=${ID}&login_hint=ada@example.com&next=/people`)).toBe(
    `/auth/sso/${ID}/start?login_hint=ada%40example.com&next=%2Fpeople`,
  );
});

test.each(['next=/people', 'confirm=', 'confirm=../../evil', `confirm=${ID}/../x`])('%s is none', (query) => {
  expect(of(query)).toBeUndefined();
});
