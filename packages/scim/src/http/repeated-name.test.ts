import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outlineOf } from './json-outline.ts';
import { findRepeatedName } from './repeated-name.ts';

const repeatedIn = (text: string) =>
  findRepeatedName(text, outlineOf(Buffer.from(text)).names, JSON.parse(text));

describe('a name that an object has twice', () => {
  test.each([
    ['{"active":false,"active":true}', 'active'],
    ['{"active":true,"active":true}', 'active'],
    ['{"a":1,"b":[{"c":1},{"d":{"c":1,"e":{},"c":[]}}]}', 'c'],
    ['{"a" \n\t: 1, "a"\r\n:2}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"\\"":1,"\\"":2}', '"'],
    ['{"é,:{":1,"é,:{":2}', 'é,:{'],
    ['{"":1,"":2}', ''],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ])('is found: %s', (text, name) => {
    expect(repeatedIn(text)).toBe(name);
  });

  test.each([
    '{"a":1,"A":2}',
    '{"a":{"a":[{"a":1},{"a":1}]}}',
    '{"a":"{\\"b\\":1,\\"b\\":2}","c":"a\\\\","d":"a"}',
    '["a","a",{"a":"a"}]',
    '{"__proto__":{"a":1},"constructor":{"a":1}}',
    'null',
    '"a"',
  ])('is not where each is there once: %s', (text) => {
    expect(repeatedIn(text)).toBeUndefined();
  });

  test('is not in what the parser has left something out of', () => {
    expect(findRepeatedName('{"__proto__":{"a":1},"a":1}', 3, { a: 1 })).toBeUndefined();
  });

  test('a name that would reach a prototype is taken out, with all that is in it', () => {
    const text = '{"a":[{"__proto__":{"b":{"__proto__":1}},"c":1}],"\\u005f_proto__":2}';
    const parsed = JSON.parse(text);
    expect(findRepeatedName(text, outlineOf(Buffer.from(text)).names, parsed)).toBeUndefined();
    expect(JSON.stringify(parsed)).toBe('{"a":[{"c":1}]}');
  });

  test('is in no value that was written as JSON, and is found when it is put into one', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), fc.json(), (around, name, value) => {
        expect(repeatedIn(around)).toBeUndefined();
        const quoted = JSON.stringify(name);
        expect(repeatedIn(`[${around},{${quoted}:${value},${quoted}:${around}}]`)).toBe(name);
      }),
    );
  });

  test('is found beneath a hundred thousand levels', () => {
    const [open, close] = ['{"a":['.repeat(50_000), ']}'.repeat(50_000)];
    expect(repeatedIn(`${open}{"b":1,"b":2}${close}`)).toBe('b');
  });
});
