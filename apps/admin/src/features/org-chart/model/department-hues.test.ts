import { expect, test } from 'vitest';
import { hueOfDepartment } from './department-hues.ts';

const usual = [
  'Engineering',
  'Product',
  'Sales',
  'Marketing',
  'Design',
  'Finance',
  'Legal',
  'IT',
  'Human Resources',
  'Customer Success',
  'Executive',
];

test('the usual departments differ in colour, and a name always has the same', () => {
  expect(new Set(usual.map(hueOfDepartment)).size).toBe(usual.length);
  expect(hueOfDepartment('Sales')).toBe(hueOfDepartment('Sales'));
});
