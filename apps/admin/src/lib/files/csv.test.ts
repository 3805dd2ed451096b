import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test.each([
  ['=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  [' =1', "' =1"],
  ['\t1', "'\t1"],
  ['＝1', "'＝1"],
  ['a=b', 'a=b'],
  ['two\nlines', '"two\nlines"'],
  [-1, '-1'],
])('a cell of %j is written so that no spreadsheet runs it', (value, cell) => {
  expect(csvLine([value, null])).toBe(`${cell},\r\n`);
});
