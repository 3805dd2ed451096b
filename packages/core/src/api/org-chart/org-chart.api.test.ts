import { describe, expect, test } from 'vitest';
import { caughtUp } from '../../org-chart/testing/random-history.ts';
import {
  createUser,
  deleteTeam,
  deprovisionUser,
  newTeam,
  newUser,
  run,
  updateTeam,
  updateUser,
} from '../../testing/directory.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const world = useWorld();
const account = useAccount(world);

const ask = async (selection: string, asOf?: string, actor = account.admin): Promise<unknown> => {
  await caughtUp(account);
  const { orgChart } = await actor.query<{ orgChart: unknown }>(
    `query ($asOf: DateTime) { orgChart(asOf: $asOf) { ${selection} } }`,
    { asOf },
  );
  return orgChart;
};
const person = async (id: string, selection: string, asOf?: string): Promise<unknown> =>
  ask(`person(id: "${id}") { ${selection} }`, asOf);
const team = async (id: string, selection: string): Promise<unknown> =>
  ask(`team(id: "${id}") { ${selection} }`);

/** A moment after everything so far and before everything to come. */
async function now(): Promise<string> {
  const { orgChart } = await account.admin.query<{ orgChart: { cursor: string } }>('{ orgChart { cursor } }');
  expect(orgChart.cursor).not.toBe('');
  await caughtUp(account);
  const moment = new Date();
  while (Date.now() <= moment.getTime() + 1) await caughtUp(account);
  return moment.toISOString();
}

describe('people', () => {
  test('stand below their managers, by name, with what is above and below them counted', async () => {
    const boss = await newUser(account.idp, { displayName: 'Boss' });
    const zoe = await newUser(account.idp, { displayName: 'Zoe', manager: boss.id });
    const ann = await newUser(account.idp, { displayName: 'ann', manager: boss.id });
    const low = await newUser(account.idp, { displayName: 'Low', manager: zoe.id });
    expect(await ask('people { totalCount nodes { displayName reportCount } }')).toEqual({
      people: {
        totalCount: 2,
        nodes: [
          { displayName: 'Ada Admin', reportCount: 0 },
          { displayName: 'Boss', reportCount: 2 },
        ],
      },
    });
    expect(await ask(`people(under: "${boss.id}") { nodes { id reports { nodes { id } } } }`)).toEqual({
      people: {
        nodes: [
          { id: ann.id, reports: { nodes: [] } },
          { id: zoe.id, reports: { nodes: [{ id: low.id }] } },
        ],
      },
    });
    expect(await person(low.id, 'managerId managers { displayName } user { id }')).toEqual({
      person: {
        managerId: zoe.id,
        managers: [{ displayName: 'Zoe' }, { displayName: 'Boss' }],
        user: { id: low.id },
      },
    });
  });

  test('a level is paged, below many at once too', async () => {
    const boss = await newUser(account.idp);
    for (const displayName of ['a', 'b', 'c']) await newUser(account.idp, { displayName, manager: boss.id });
    const level = `people(under: "${boss.id}", first: 2`;
    const first = await ask(
      `${level}) { totalCount nodes { displayName } pageInfo { hasNextPage endCursor } }`,
    );
    expect(first).toMatchObject({
      people: {
        totalCount: 3,
        nodes: [{ displayName: 'a' }, { displayName: 'b' }],
        pageInfo: { hasNextPage: true },
      },
    });
    const { people } = first as { people: { pageInfo: { endCursor: string } } };
    const after = `, after: "${people.pageInfo.endCursor}"`;
    expect(
      await ask(`${level}${after}) { totalCount nodes { displayName } pageInfo { hasNextPage } }`),
    ).toEqual({
      people: { totalCount: 3, nodes: [{ displayName: 'c' }], pageInfo: { hasNextPage: false } },
    });
    expect(await ask('people { nodes { reports(first: 1) { totalCount nodes { displayName } } } }')).toEqual({
      people: {
        nodes: [
          { reports: { totalCount: 0, nodes: [] } },
          { reports: { totalCount: 3, nodes: [{ displayName: 'a' }] } },
        ],
      },
    });
  });

  test('who is switched off stays on it, who is deprovisioned does not, and who comes back does', async () => {
    const { id, userName } = await newUser(account.idp, { title: 'Baker', department: 'Bread' });
    await run(account.idp, updateUser, { id, active: false });
    expect(await person(id, 'status title')).toEqual({ person: { status: 'INACTIVE', title: 'Baker' } });
    await run(account.idp, deprovisionUser, { id });
    expect(await person(id, 'status')).toEqual({ person: null });
    await run(account.idp, createUser, { userName, title: 'Cook' });
    expect(await person(id, 'status title department')).toEqual({
      person: { status: 'ACTIVE', title: 'Cook', department: null },
    });
  });

  test('whose manager is yet to come stands at the top until then, and again when the manager leaves', async () => {
    const { id } = await newUser(account.idp, { manager: 'boss@example.com' });
    expect(await person(id, 'managerId')).toEqual({ person: { managerId: null } });
    const boss = await newUser(account.idp, { userName: 'boss@example.com' });
    expect(await person(id, 'managerId')).toEqual({ person: { managerId: boss.id } });
    await run(account.idp, deprovisionUser, { id: boss.id });
    expect(await person(id, 'managerId')).toEqual({ person: { managerId: null } });
  });

  test('on a cycle nobody is above anybody; those below keep their place, and all get theirs when it opens', async () => {
    const [one, two] = [await newUser(account.idp), await newUser(account.idp)];
    const below = await newUser(account.idp, { manager: one.id });
    await run(account.idp, updateUser, { id: one.id, manager: two.id });
    await run(account.idp, updateUser, { id: two.id, manager: one.id });
    const closed = await now();
    const seen = 'managerId onCycle managers { id }';
    for (const { id } of [one, two])
      expect(await person(id, seen)).toEqual({ person: { managerId: null, onCycle: true, managers: [] } });
    expect(await person(below.id, seen)).toEqual({
      person: { managerId: one.id, onCycle: false, managers: [{ id: one.id }] },
    });
    await run(account.idp, updateUser, { id: two.id, manager: null });
    expect(await person(one.id, seen)).toEqual({
      person: { managerId: two.id, onCycle: false, managers: [{ id: two.id }] },
    });
    expect(await person(one.id, 'onCycle', closed)).toEqual({ person: { onCycle: true } });
  });

  test('their own manager is a cycle of one', async () => {
    const { id } = await newUser(account.idp);
    await run(account.idp, updateUser, { id, manager: id });
    expect(await person(id, 'managerId onCycle reportCount')).toEqual({
      person: { managerId: null, onCycle: true, reportCount: 0 },
    });
  });

  test('are found by a part of their names, as they were called at the moment', async () => {
    const { id } = await newUser(account.idp, { userName: '100%_x@example.com', displayName: 'Grete Meier' });
    const before = await now();
    await run(account.idp, updateUser, { id, displayName: 'Grete Schulz' });
    const found = async (text: string, asOf?: string) =>
      ask(`searchPeople(text: "${text}") { id }`, asOf).then(
        (chart) => (chart as { searchPeople: unknown[] }).searchPeople.length,
      );
    expect(await found('SCHULZ')).toBe(1);
    expect(await found('meier')).toBe(0);
    expect(await found('eie', before)).toBe(1);
    expect(await found('0%_')).toBe(1);
    expect(await found('%')).toBe(0);
    expect([await found('sc'), await found('ul'), await found('gr')]).toEqual([1, 0, 1]);
  });
});

describe('teams', () => {
  test('stand below their parents, with lead and members; pushed groups do not stand there', async () => {
    const lead = await newUser(account.idp, { displayName: 'Lead' });
    const pushed = await newTeam(account.idp, { displayName: 'Pushed', memberIds: [lead.id] });
    const upper = await newTeam(account.admin, { displayName: 'Upper', parentId: pushed.id });
    const input = { displayName: 'Lower', parentId: upper.id, leadId: lead.id, memberIds: [lead.id] };
    const lower = await newTeam(account.admin, input);
    expect(
      await ask('searchTeams(text: "er") { displayName } pushed: searchTeams(text: "pushed") { id }'),
    ).toEqual({
      searchTeams: [],
      pushed: [],
    });
    expect(await ask('searchTeams(text: "upp") { displayName parentId childCount memberCount }')).toEqual({
      searchTeams: [{ displayName: 'Upper', parentId: null, childCount: 1, memberCount: 0 }],
    });
    expect(
      await team(lower.id, 'origin lead { id } members { nodes { id } } ancestors { id } team { version }'),
    ).toEqual({
      team: {
        origin: 'MANUAL',
        lead: { id: lead.id },
        members: { nodes: [{ id: lead.id }] },
        ancestors: [{ id: upper.id }],
        team: { version: 1 },
      },
    });
    expect(await person(lead.id, 'teams { displayName }')).toEqual({
      person: { teams: [{ displayName: 'Lower' }] },
    });
    expect(await team(pushed.id, 'id')).toEqual({ team: null });
  });

  test('rise to the top when what is above them goes, and lose a lead who leaves, for good', async () => {
    const { id: leadId, userName } = await newUser(account.idp);
    const upper = await newTeam(account.admin);
    const lower = await newTeam(account.admin, { parentId: upper.id, leadId });
    await run(account.admin, deleteTeam, { id: upper.id });
    await run(account.idp, deprovisionUser, { id: leadId });
    expect(await team(lower.id, 'parentId lead { id }')).toEqual({ team: { parentId: null, lead: null } });
    await run(account.idp, createUser, { userName });
    expect(await team(lower.id, 'lead { id }')).toEqual({ team: { lead: null } });
  });

  test('are shown as they were at a moment', async () => {
    const { id } = await newTeam(account.admin, { displayName: 'Before' });
    const before = await now();
    await run(account.admin, updateTeam, { id, displayName: 'After' });
    expect(await ask(`team(id: "${id}") { displayName team { displayName } }`, before)).toEqual({
      team: { displayName: 'Before', team: { displayName: 'After' } },
    });
  });
});

describe('moments', () => {
  test('before the first event the chart is empty, and after the last it is the newest', async () => {
    await newUser(account.idp);
    const empty = { personCount: 0, teamCount: 0, people: { nodes: [] } };
    const selection = 'personCount teamCount people { nodes { userName } }';
    expect(await ask(selection, '2001-01-01T00:00:00Z')).toEqual(empty);
    const newest = await ask(`began cursor asOf ${selection}`);
    expect(newest).toMatchObject({ personCount: 2, asOf: null });
    const later = await ask(`began cursor asOf ${selection}`, '2999-01-01T00:00:00Z');
    expect(later).toMatchObject({ personCount: 2, asOf: '2999-01-01T00:00:00.000Z' });
    expect(await ask('personCount', (newest as { began: string }).began)).toEqual({ personCount: 1 });
  });

  test('a difference runs forwards', async () => {
    const document = 'query ($from: DateTime!, $to: DateTime) { orgChartDiff(from: $from, to: $to) { to } }';
    const backwards = { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' };
    expect(await account.admin.refusal(document, backwards)).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'from',
    });
    const none = { from: '2026-01-02T00:00:00Z', to: '2026-01-02T00:00:00Z' };
    expect(await account.admin.query(document, none)).toEqual({
      orgChartDiff: { to: '2026-01-02T00:00:00.000Z' },
    });
  });

  test('a difference tells who is concerned by name, and calls nobody changed who only knows somebody so', async () => {
    const boss = await newUser(account.idp, { displayName: 'Old name' });
    const report = await newUser(account.idp, { displayName: 'Report', manager: boss.id });
    const from = await now();
    await run(account.idp, updateUser, { id: boss.id, displayName: 'New name' });
    const other = await newUser(account.idp, { displayName: 'Other' });
    const read = () =>
      account.admin.query<{ orgChartDiff: { people: { nodes: unknown[] } } }>(
        `query ($from: DateTime!) { orgChartDiff(from: $from) {
          people { nodes { label kind changes { field before after } } } } }`,
        { from },
      );
    await caughtUp(account);
    expect((await read()).orgChartDiff.people.nodes).toMatchObject([
      {
        label: 'New name',
        kind: 'CHANGED',
        changes: [{ field: 'displayName', before: 'Old name', after: 'New name' }],
      },
      { label: 'Other', kind: 'JOINED' },
    ]);
    await run(account.idp, updateUser, { id: report.id, manager: other.id });
    await caughtUp(account);
    expect((await read()).orgChartDiff.people.nodes[2]).toEqual({
      label: 'Report',
      kind: 'MOVED',
      changes: [
        {
          field: 'manager',
          before: { id: boss.id, displayName: 'Old name' },
          after: { id: other.id, displayName: 'Other' },
        },
      ],
    });
  });
});

describe('refusals', () => {
  const refusal = (selection: string, actor = account.admin) =>
    actor.refusal(`{ orgChart { ${selection} } }`);

  test('below whom or what is not on the chart there is nothing to be read', async () => {
    const theirs = await world.account('Theirs');
    const foreign = await newUser(theirs.idp);
    const foreignTeam = await newTeam(theirs.admin);
    for (const id of [foreign.id, foreignTeam.id, crypto.randomUUID(), 'nobody', '']) {
      for (const level of ['people', 'teams'])
        expect(await refusal(`${level}(under: "${id}") { nodes { id } }`)).toMatchObject({
          code: 'NOT_FOUND',
          field: 'under',
        });
      expect(await ask(`person(id: "${id}") { id } team(id: "${id}") { id }`)).toEqual({
        person: null,
        team: null,
      });
    }
    expect(await ask(`searchPeople(text: "${foreign.userName}") { id }`)).toEqual({ searchPeople: [] });
    const { id: gone } = await newUser(account.idp);
    await run(account.idp, deprovisionUser, { id: gone });
    await caughtUp(account);
    expect(await refusal(`people(under: "${gone}") { nodes { id } }`)).toMatchObject({ code: 'NOT_FOUND' });
  });

  test.each(['people', 'teams'])('pages of %s have their limits', async (level) => {
    expect(await refusal(`${level}(first: 501) { nodes { id } }`)).toMatchObject({ code: 'LIMIT_EXCEEDED' });
    expect(await refusal(`${level}(first: 0) { nodes { id } }`)).toMatchObject({ code: 'LIMIT_EXCEEDED' });
    expect(await refusal(`${level}(after: "no") { nodes { id } }`)).toMatchObject({ code: 'INVALID_CURSOR' });
    const search = level === 'people' ? 'searchPeople' : 'searchTeams';
    expect(await refusal(`${search}(text: "a", first: 501) { id }`)).toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
  });

  test('people need users:read, teams need teams:read, and an identity provider sees no teams of the chart', async () => {
    const { id } = await newUser(account.idp);
    const made = await newTeam(account.admin, { leadId: id, memberIds: [id] });
    const [users, teams] = [
      await account.withPermissions('users:read'),
      await account.withPermissions('teams:read'),
    ];
    expect(await refusal('personCount', teams)).toMatchObject({
      code: 'FORBIDDEN',
      permission: 'users:read',
    });
    expect(await refusal('teamCount', users)).toMatchObject({ code: 'FORBIDDEN', permission: 'teams:read' });
    expect(await ask('people { nodes { id } }', undefined, users)).toMatchObject({
      people: { nodes: [{}, {}] },
    });
    const seen = `teamCount teams { totalCount nodes { id } } team(id: "${made.id}") { id }
      searchTeams(text: "team") { id } person(id: "${id}") { teams { id } }`;
    expect(await ask(seen, undefined, account.idp)).toEqual({
      teamCount: 0,
      teams: { totalCount: 0, nodes: [] },
      team: null,
      searchTeams: [],
      person: { teams: [] },
    });
  });

  test('a difference tells an identity provider, and whoever may not see teams, nothing of teams', async () => {
    const { id } = await newUser(account.idp);
    const from = await now();
    await newTeam(account.admin, { memberIds: [id] });
    await caughtUp(account);
    const document = `query ($from: DateTime!) { orgChartDiff(from: $from) {
      teamCounts { created } teams { nodes { label } } people { nodes { changes { field } } } personCounts { moved } } }`;
    expect(await account.admin.query(document, { from })).toMatchObject({
      orgChartDiff: { personCounts: { moved: 1 }, people: { nodes: [{ changes: [{ field: 'teams' }] }] } },
    });
    expect(await account.idp.query(document, { from })).toEqual({
      orgChartDiff: {
        teamCounts: { created: 0 },
        teams: { nodes: [] },
        people: { nodes: [] },
        personCounts: { moved: 0 },
      },
    });
  });
});
