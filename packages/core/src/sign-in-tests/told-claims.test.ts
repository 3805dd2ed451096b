import { expect, test } from 'vitest';
import { toldClaims } from './told-claims.ts';

test('claims are told as they arrived, but for those that could be used', () => {
  const claims = {
    sub: 'eve',
    groups: ['a', 'b'],
    at_hash: 'x',
    nonce: 'n',
    Access_Token: 't',
    sid: 's',
    n: 1,
  };
  expect(toldClaims(claims)).toEqual([
    { name: 'sub', value: '"eve"' },
    { name: 'groups', value: '["a","b"]' },
    { name: 'at_hash', value: null },
    { name: 'nonce', value: null },
    { name: 'Access_Token', value: null },
    { name: 'sid', value: null },
    { name: 'n', value: '1' },
  ]);
});
