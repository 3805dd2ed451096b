import type { Actor } from '@rollcall/testkit';
import { expect, test } from 'vitest';
import {
  createTeam,
  createTeams,
  createUser,
  deprovisionUser,
  eventsAbout,
  newTeam,
  newUser,
  refused,
  run,
  updateTeam,
} from '../../testing/directory.ts';
import { hire, restructure } from '../../testing/org-settings.ts';
import { codeOf, ROUNDS, times } from '../../testing/races.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const world = useWorld();
const account = useAccount(world);

interface Team {
  readonly version: number;
  readonly lead: { readonly id: string } | null;
  readonly memberCount: number;
}

async function teamOf(actor: Actor, id: string): Promise<Team> {
  const { team } = await actor.query<{ team: Team }>(
    'query ($id: ID!) { team(id: $id) { version lead { id } memberCount } }',
    { id },
  );
  return team;
}

const newPerson = async (): Promise<string> => (await newUser(account.idp)).id;
const leave = (id: string) => run(account.idp, deprovisionUser, { id });

test('who is not in the directory is refused as a lead, be they gone or never been there', async () => {
  const { id } = await newTeam(account.idp);
  const gone = await newPerson();
  await leave(gone);
  for (const leadId of [gone, '018f0000-0000-7000-8000-000000000000']) {
    const refusal = {
      code: 'INVALID_INPUT',
      field: 'leadId',
      message: expect.stringMatching(/Name another/),
    };
    expect(await refused(account.idp, createTeam, { displayName: 'Blue', leadId })).toMatchObject(refusal);
    expect(await refused(account.idp, updateTeam, { id, leadId })).toMatchObject(refusal);
    const members = [await newPerson()];
    for (const change of [{ setMemberIds: members }, { addMemberIds: members }, { displayName: 'Red' }])
      expect(await refused(account.idp, updateTeam, { id, leadId, ...change })).toMatchObject(refusal);
    expect(await run(account.idp, createTeams, { teams: [{ displayName: 'Green', leadId }] })).toMatchObject({
      results: [{ team: null, error: { code: 'INVALID_INPUT', field: 'leadId' } }],
    });
  }
  expect(await teamOf(account.admin, id)).toEqual({ version: 1, lead: null, memberCount: 0 });
});

test('a team whose lead leaves the directory has none, and its history says why', async () => {
  const [lead, other] = [await newPerson(), await newPerson()];
  const { id } = await newTeam(account.idp, { leadId: lead });
  const joined = await newTeam(account.idp, { leadId: lead, memberIds: [lead, other] });
  const kept = await newTeam(account.idp, { leadId: other, memberIds: [lead] });
  await leave(lead);
  expect(await teamOf(account.admin, id)).toEqual({ version: 2, lead: null, memberCount: 0 });
  expect(await teamOf(account.admin, joined.id)).toEqual({ version: 2, lead: null, memberCount: 1 });
  expect(await teamOf(account.admin, kept.id)).toEqual({ version: 2, lead: { id: other }, memberCount: 0 });
  const event = {
    type: 'TEAM_UPDATED',
    related: { id: lead },
    changes: [{ field: 'leadId', before: lead, after: null }],
  };
  const afterwards = async (teamId: string) =>
    (await eventsAbout(account.admin, teamId)).filter(({ type }) => /UPDATED|REMOVED/.test(type));
  expect(await afterwards(id)).toMatchObject([event]);
  expect(await afterwards(joined.id)).toMatchObject([{ type: 'TEAM_MEMBER_REMOVED' }, event]);
  expect(await afterwards(kept.id)).toMatchObject([{ type: 'TEAM_MEMBER_REMOVED' }]);
});

test('who is provisioned again leads nothing, as they are a member of nothing', async () => {
  const { id: lead, userName } = await newUser(account.idp);
  const { id } = await newTeam(account.idp, { leadId: lead });
  await leave(lead);
  expect(await run(account.idp, createUser, { userName })).toMatchObject({ user: { id: lead } });
  expect(await teamOf(account.admin, id)).toMatchObject({ lead: null });
  await run(account.idp, updateTeam, { id, leadId: lead });
  expect(await teamOf(account.admin, id)).toMatchObject({ lead: { id: lead } });
});

test('to leave takes as many statements for whoever leads as for whoever does not', async () => {
  const statementsFor = (id: string) => world.countStatements(() => leave(id));
  const [plain, lead] = [await newPerson(), await newPerson()];
  for (const _ of times(3)) await newTeam(account.idp, { leadId: lead });
  expect(await statementsFor(lead)).toBe(await statementsFor(plain));
});

test(`who leaves at the moment they are named leads nothing, ${ROUNDS} times`, async () => {
  const { id } = await newTeam(account.idp);
  const outcomes = new Set<string>();
  for (const n of times(ROUNDS)) {
    const leadId = await newPerson();
    const named =
      n % 2 === 0
        ? account.idp.ask(updateTeam.document, { input: { id, leadId } })
        : account.idp.ask(createTeam.document, { input: { displayName: `Team ${n}`, leadId } });
    const [answer] = await Promise.all([named, leave(leadId)]);
    outcomes.add(codeOf(answer));
  }
  expect(outcomes.difference(new Set(['done', 'INVALID_INPUT']))).toEqual(new Set());
  const { teams } = await account.admin.query<{ teams: { nodes: Pick<Team, 'lead'>[] } }>(
    '{ teams(first: 500) { nodes { lead { id } } } }',
  );
  expect(teams.nodes.filter(({ lead }) => lead !== null)).toEqual([]);
});

test('where teams follow from people, what somebody made lead by hand loses its lead, and managers lead no longer', async () => {
  const { idp, admin } = account;
  const ids = await hire(idp, [
    { name: 'Eve Adams', department: 'Executive' },
    { name: 'Ann Field', department: 'Sales', manager: 'Eve Adams' },
  ]);
  const leadId = ids['Eve Adams'] ?? '';
  const { id } = await newTeam(admin, { displayName: 'Sales', leadId });
  await restructure(admin, { createTeams: 'MANAGER' });
  expect(await teamOf(admin, id)).toMatchObject({ lead: { id: leadId } });
  await leave(leadId);
  expect(await teamOf(admin, id)).toMatchObject({ lead: null });
  const { events } = await admin.query<{ events: { nodes: { type: string; subject: { label: string } }[] } }>(
    'query ($relatedId: ID!) { events(filter: { relatedId: $relatedId, types: [TEAM_UPDATED] }) { nodes { type subject { label } } } }',
    { relatedId: leadId },
  );
  expect(events.nodes).toEqual([{ type: 'TEAM_UPDATED', subject: { label: 'Sales' } }]);
});
