import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { defineStatement } from './statement.ts';

test('a value that is asked for at several places as the same type is one parameter', () => {
  const statement = defineStatement<{ id: string; names: { first: string } }, object>((param) => {
    const [id, first] = [param('id'), param('names', 'first')];
    const account = sql`${id}::uuid`;
    return sql`SELECT ${account}, ${first}::text, ${id}::text, ${id}, ${'fixed'}::text, ${param('id')}, ${account}, ${first}::text`;
  });
  expect(statement({ id: 'i', names: { first: 'n' } })).toMatchObject({
    sql: 'SELECT $1::uuid, $2::text, $3::text, $4, $5::text, $6, $1::uuid, $2::text',
    parameters: ['i', 'n', 'i', 'i', 'fixed', 'i'],
  });
  expect(statement({ id: 'j', names: { first: 'm' } }).parameters).toEqual([
    'j',
    'm',
    'j',
    'j',
    'fixed',
    'j',
  ]);
});
