import { expect, test } from 'vitest';
import { withClient } from '../../testing/tables.ts';
import { useWorld } from '../../testing/world.ts';
import { spellingOf } from './department-name.ts';

const world = useWorld();

const texts = [
  ...[
    'Sales',
    ' Sales ',
    'Sales  and\tMarketing',
    'R&D',
    'x'.repeat(300),
    `${'y'.repeat(199)} z`,
    'B\u00fcro',
    'Bu\u0308ro',
  ],
  ...[
    '\u55b6\u696d\u90e8',
    '\u00a0Vertrieb\u2003S\u00fcd\ufeff',
    '\u200bSales',
    'Caf\u00e9  Cafe\u0301',
    '\u{1f600} Fun',
    '\u0130K',
    '7',
  ],
  `${'\u00fc'.repeat(198)}  ${'o'.repeat(5)}`,
];

test.each(texts)('PostgreSQL spells %j as Node does', async (text) => {
  const { rows } = await withClient(world.databaseUrl, (client) =>
    client.query<{ spelling: string | null }>('SELECT org_spelling($1) AS spelling', [text]),
  );

  expect(rows[0]?.spelling).toBe(spellingOf(text));
});

test.each(['\u{1f600}', '\u3164', '\u2800', '---\u00a0\u200b'])(
  'PostgreSQL leaves %j to Node, which looks for what can be seen',
  async (text) => {
    await expect(
      withClient(world.databaseUrl, (client) => client.query('SELECT org_spelling($1)', [text])),
    ).rejects.toThrow('a department has no letters');
  },
);
