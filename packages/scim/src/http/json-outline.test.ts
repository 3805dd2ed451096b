import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../adapter/limits.ts';
import { outlineOf } from './json-outline.ts';
import { maxBodyValues } from './read-json.ts';

const outline = (text: string) => outlineOf(Buffer.from(text));

describe('the outline of a text', () => {
  test.each([
    ['{"a":[1,"x,[{:",{"b":null}],"c":{}}', 8, 3],
    ['["\\\\",1]', 3, 0],
    ['"never ends \\', 1, 0],
    ['', 1, 0],
  ])('of %s has its values and names', (text, values, names) => {
    expect(outline(text)).toEqual({ values, names });
  });

  test('lets through a bulk request of as many bytes as are allowed with nothing but ids of members', () => {
    const members = Array.from({ length: 1_000 }, () => ({ value: randomUUID() }));
    const operation = {
      method: 'PATCH',
      path: '/Groups/1',
      data: { Operations: [{ op: 'add', value: members }] },
    };
    const length = defaultLimits.maxBulkBytes / JSON.stringify(operation).length;
    const { values } = outline(JSON.stringify({ Operations: Array.from({ length }, () => operation) }));
    expect(values).toBeGreaterThan(420_000);
    expect(values).toBeLessThan(maxBodyValues);
  });
});
