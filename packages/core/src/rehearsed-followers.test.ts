import { waitingStatements } from '@rollcall/testkit';
import { expect, test } from 'vitest';
import { newUser } from './testing/directory.ts';
import { restructure } from './testing/org-settings.ts';
import { withClient } from './testing/tables.ts';
import { useAccount, useWorld } from './testing/world.ts';

const world = useWorld();
const account = useAccount(world);

const createdInTeams =
  'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { teams { displayName } } } }';

/** The teams in which somebody new of this department would be. */
async function rehearseNewcomer(department: string): Promise<string[]> {
  const input = { userName: `${crypto.randomUUID()}@example.com`, department };
  const data = await account.admin.query<{ createUser: { user: { teams: { displayName: string }[] } } }>(
    createdInTeams,
    { input },
    { 'rollcall-dry-run': 'true' },
  );
  return data.createUser.user.teams.map(({ displayName }) => displayName);
}

test('a rehearsal waits for those for whom the change itself would wait, and for nobody else', async () => {
  await newUser(account.idp, { department: 'Sales' });
  await restructure(account.admin, { createTeams: 'DEPARTMENT' });
  await withClient(world.databaseUrl, async (client) => {
    await client.query('BEGIN');
    await client.query(
      `SELECT pg_advisory_xact_lock_shared(hashtextextended(concat($1::text, 'teams'), 0))`,
      [account.id],
    );
    expect(await rehearseNewcomer('Sales')).toEqual(['Sales']);
    const first = rehearseNewcomer('Research');
    await expect.poll(() => waitingStatements(client, 'advisory')).toBe(1);
    await client.query('COMMIT');
    expect(await first).toEqual(['Research']);
  });
});
