import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { defineStatement } from './statement.ts';

test('a value that is asked for at several places as the same type is one parameter', () => {
  const statement = defineStatement(({ id, names }: { id: string; names: { first: string } }) => {
    const account = sql`${id}::uuid`;
    return sql<object>`SELECT ${account}, ${names.first}::text, ${id}::text, ${id}, ${'fixed'}::text, ${id}, ${account}, ${names.first}::text`;
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
