import { expect, test } from 'vitest';
import { mailbox } from './mailbox.ts';

test('addresses are one mailbox whatever the case of their ASCII letters, and no others', () => {
  expect(mailbox('Ada@Example.COM')).toBe(mailbox('ada@example.com'));
  for (const [one, other] of [
    ['stra\u00dfe', 'strasse'],
    ['\u0131da', 'ida'],
    ['\u017fam', 'sam'],
    ['\u212aim', 'kim'],
    ['\ufb01n', 'fin'],
  ] as const)
    expect(mailbox(`${one}@example.com`)).not.toBe(mailbox(`${other}@example.com`));
});
