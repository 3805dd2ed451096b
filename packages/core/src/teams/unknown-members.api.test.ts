import { expect, test } from 'vitest';
import {
  changeTeamMembers,
  createTeams,
  newTeam,
  newUser,
  run,
  type TeamResults,
} from '../testing/directory.ts';
import { useAccount, useWorld } from '../testing/world.ts';

const world = useWorld();
const account = useAccount(world);

const unknown = Array.from(
  { length: 24 },
  (_, at) => `018f0000-0000-7000-8000-0000000000${at.toString(16).padStart(2, '0')}`,
);
const update = 'mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { team { id } } }';
const told = '25 of 26 name neither';
const more = 'and 5 more';

test('of many unknown members the first are named and the others counted', async () => {
  const { id: somebody } = await newUser(account.idp);
  const { id } = await newTeam(account.idp);
  const memberIds = [...unknown, somebody, 'nobody'];
  const { results: created } = await run<TeamResults>(account.idp, createTeams, {
    teams: [{ displayName: 'A' }, { displayName: 'B', memberIds }],
  });
  const { results: changed } = await run<TeamResults>(account.idp, changeTeamMembers, {
    changes: [{ id, addMemberIds: memberIds }],
  });
  for (const error of [created[1]?.error, changed[0]?.error]) {
    expect(error).toMatchObject({ code: 'UNKNOWN_MEMBER', field: 'memberIds' });
    expect(error?.message).toContain(told);
    expect(error?.message).toContain(`${unknown.slice(0, 20).join(', ')} ${more}`);
  }
  for (const list of ['addMemberIds', 'setMemberIds']) {
    const refusal = await account.idp.refusal(update, { input: { id, [list]: memberIds } });
    expect(refusal).toMatchObject({ code: 'UNKNOWN_MEMBER', ids: unknown.slice(0, 20) });
  }
});
