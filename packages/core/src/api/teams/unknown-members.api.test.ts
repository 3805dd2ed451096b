import { expect, test } from 'vitest';
import {
  addTeamMembers,
  changeTeamMembers,
  createTeams,
  newTeam,
  newUser,
  refused,
  removeTeamMembers,
  run,
  type TeamResults,
} from '../../testing/directory.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

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
  for (const [error, field] of [
    [created[1]?.error, 'memberIds'],
    [changed[0]?.error, 'addMemberIds'],
  ] as const) {
    expect(error).toMatchObject({ code: 'UNKNOWN_MEMBER', field });
    expect(error?.message).toContain(told);
    expect(error?.message).toContain(`${unknown.slice(0, 20).join(', ')} ${more}`);
  }
  for (const list of ['addMemberIds', 'setMemberIds']) {
    const refusal = await account.idp.refusal(update, { input: { id, [list]: memberIds } });
    expect(refusal).toMatchObject({ code: 'UNKNOWN_MEMBER', field: list, ids: unknown.slice(0, 20) });
  }
});

test('a refusal names the argument that was used', async () => {
  const { id: teamId } = await newTeam(account.idp);
  const { id: userId } = await newUser(account.idp);
  for (const mutation of [addTeamMembers, removeTeamMembers])
    expect(await refused(account.idp, mutation, { teamId: 'zz', userIds: [userId] })).toMatchObject({
      code: 'NOT_FOUND',
      field: 'teamId',
    });
  expect(await refused(account.idp, addTeamMembers, { teamId, userIds: ['zz'] })).toMatchObject({
    code: 'UNKNOWN_MEMBER',
    field: 'userIds',
  });
  expect(await refused(account.idp, addTeamMembers, { teamId, userIds: [teamId] })).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'userIds',
  });
});
