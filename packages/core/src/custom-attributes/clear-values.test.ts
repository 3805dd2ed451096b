import { expect, test } from 'vitest';
import { openDatabase } from '../database/database.ts';
import { committedWork } from '../database/work.ts';
import { DEFAULT_SCHEMA } from '../model/custom-attribute.ts';
import { type CustomAttributeData, createCustomAttribute } from '../testing/custom-attributes.ts';
import { createUsers, run } from '../testing/directory.ts';
import { withClient } from '../testing/tables.ts';
import { useAccount, useWorld } from '../testing/world.ts';
import { clearValues } from './stored-values.ts';

const world = useWorld();
const account = useAccount(world);

const PEOPLE = 100;

/** Makes each change of a person take its time, as in an account of a hundred thousand. */
const slowDown = `
  CREATE FUNCTION take_time() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.02); RETURN NEW; END $$;
  CREATE TRIGGER slow BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION take_time()`;

test('the values of an attribute are taken also where one statement would be ended before it has taken them all', async () => {
  const { customAttribute } = await run<{ customAttribute: CustomAttributeData }>(
    account.admin,
    createCustomAttribute,
    { name: 'badge' },
  );
  const users = Array.from({ length: PEOPLE }, (_, n) => ({
    userName: `person-${n}@example.com`,
    customAttributes: [{ name: 'badge', value: String(n) }],
  }));
  await run(account.admin, createUsers, { users });
  await withClient(world.databaseUrl, (client) => client.query(slowDown));
  const hasty = await openDatabase({
    url: `${world.databaseUrl}?options=-c%20statement_timeout%3D1s`,
    poolSize: 2,
  });
  try {
    const authorship = {
      accountId: account.id,
      actor: { kind: 'SYSTEM', id: null, name: 'Rollcall' },
      connectionId: null,
      requestId: 'slow',
    } as const;
    const definition = {
      accountId: account.id,
      id: customAttribute.id,
      schema: DEFAULT_SCHEMA,
      name: 'badge',
    };
    await committedWork(hasty).transaction(({ sql }) => clearValues(sql, authorship, definition, 10));
  } finally {
    await hasty.close();
  }
  const { users: left, events } = await account.admin.query<{
    users: { nodes: { customAttributes: object[] }[] };
    events: { totalCount: number };
  }>(
    '{ users(first: 500) { nodes { customAttributes { name } } } events(filter: { types: [USER_UPDATED] }) { totalCount } }',
  );
  expect(left.nodes.flatMap(({ customAttributes }) => customAttributes)).toEqual([]);
  expect(events.totalCount).toBe(PEOPLE);
});
