import { expect, test } from 'vitest';
import { deleteTeam, newTeam, newUser, run, updateTeam, updateUser } from '../../testing/directory.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const world = useWorld();
const account = useAccount(world);

interface NamedChange {
  readonly field: string;
  readonly named: readonly { readonly type: string; readonly id: string; readonly label: string }[];
}

async function namedIn(about: string, first = 500): Promise<NamedChange[]> {
  const { events } = await account.admin.query<{ events: { nodes: { changes: NamedChange[] }[] } }>(
    `query ($about: ID!, $first: Int!) { events(filter: { subjectId: $about }, first: $first) {
      nodes { changes { field named { type id label } } } } }`,
    { about, first },
  );
  return events.nodes.flatMap(({ changes }) => changes);
}

const newPerson = async (displayName: string) => (await newUser(account.idp, { displayName })).id;

test('a lead, a manager and a parent are told by what they are called now; what is gone is left out', async () => {
  const [ana, ben] = [await newPerson('Ana Lead'), await newPerson('Ben Other')];
  const { id: parentId } = await newTeam(account.admin, { displayName: 'Sales' });
  const { id } = await newTeam(account.admin, { displayName: 'Launch', leadId: ana, parentId });
  await run(account.admin, updateTeam, { id, leadId: ben });
  await run(account.idp, updateUser, { id: ana, displayName: 'Ana Renamed', manager: ben });
  const [lead] = await namedIn(id, 1);
  expect(lead).toEqual({
    field: 'leadId',
    named: [
      { type: 'USER', id: ana, label: 'Ana Renamed' },
      { type: 'USER', id: ben, label: 'Ben Other' },
    ],
  });
  expect(await namedIn(id)).toContainEqual({
    field: 'parentId',
    named: [{ type: 'TEAM', id: parentId, label: 'Sales' }],
  });
  expect(await namedIn(ana)).toContainEqual({
    field: 'manager',
    named: [{ type: 'USER', id: ben, label: 'Ben Other' }],
  });
  await run(account.admin, deleteTeam, { id: parentId });
  expect(await namedIn(id)).toContainEqual({ field: 'parentId', named: [] });
});

test('many events take as many statements as one', async () => {
  const { id } = await newTeam(account.admin);
  for (const name of ['One', 'Two', 'Three', 'Four'])
    await run(account.admin, updateTeam, { id, leadId: await newPerson(name) });
  const one = await world.countStatements(() => namedIn(id, 1));
  expect(await world.countStatements(() => namedIn(id))).toBe(one);
});
