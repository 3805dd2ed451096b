import { expect, test } from 'vitest';
import { checkDomain, domainOfEmail } from './domain-name.ts';

test.each(['/', '?', '#', '\\', ':', '@', '%2f', '\t', '\n'])(
  'a domain is not what comes before %j',
  (cut) => {
    expect(() => checkDomain(`example.com${cut}.evil.example`)).toThrow('is no domain');
    expect(domainOfEmail(`ada@example.com${cut}.evil.example`)).toBeUndefined();
  },
);

test('a domain is taken as the DNS has it', () => {
  expect(checkDomain(' Bücher.Example. ')).toBe('xn--bcher-kva.example');
  expect(domainOfEmail('ada@Example.COM')).toBe('example.com');
});
