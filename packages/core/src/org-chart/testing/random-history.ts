import type { AccountWorld, Actor } from '@rollcall/testkit';
import { expect } from 'vitest';
import {
  addTeamMembers,
  createTeam,
  createUser,
  deleteTeam,
  deprovisionUser,
  type InputMutation,
  newTeam,
  newUser,
  removeTeamMembers,
  run,
  updateTeam,
  updateUser,
} from '../../testing/directory.ts';
import { eventsUntil, feedCursor, follow, labelled } from '../../testing/feed.ts';
import { followedRebuild, updateOrgStructure } from '../../testing/org-settings.ts';
import type { Random } from '../../testing/random.ts';
import type { ChartEvent } from './replay-chart.ts';

/** What writers who step on each other's toes are told. */
const fairRefusals = new Set([
  'ALREADY_EXISTS',
  'NOT_FOUND',
  'UNKNOWN_MEMBER',
  'INVALID_INPUT',
  'ORG_STRUCTURE_TEAM',
]);

/** Who and what there is to be changed. */
export interface Stage {
  readonly userIds: [string, ...string[]];
  readonly teamIds: [string, ...string[]];
}

const PEOPLE = 14;
const TEAMS = 8;

/** A few people, some teams made by hand, and a pushed group. */
export async function setStage({ admin, idp }: AccountWorld): Promise<Stage> {
  const person = async (n: number) => (await newUser(idp, { userName: `person-${n}@example.com` })).id;
  const userIds: [string, ...string[]] = [await person(0)];
  for (let n = 1; n < PEOPLE; n += 1) userIds.push(await person(n));
  const pushed = await newTeam(idp, { displayName: 'Pushed', memberIds: userIds.slice(0, 3) });
  const below = await newTeam(admin, { displayName: 'Below the pushed', parentId: pushed.id });
  return { userIds, teamIds: [(await newTeam(admin)).id, (await newTeam(admin)).id, pushed.id, below.id] };
}

/** One change by chance: few people and teams, so that writers meet. */
export async function changeSomething(
  { admin, idp }: AccountWorld,
  { userIds, teamIds }: Stage,
  random: Random,
): Promise<void> {
  const id = random.pick(userIds);
  const teamId = random.pick(teamIds);
  const word = `word ${random.below(5)}`;
  const maybe = (value: string) => (random.below(4) === 0 ? null : value);
  const moves: [Actor, InputMutation, object] = [
    idp,
    updateUser,
    { id, manager: maybe(random.pick(userIds)), title: word },
  ];
  const creation: [Actor, InputMutation, object] = [
    admin,
    createTeam,
    { displayName: `Team ${random.below(9)}`, parentId: maybe(teamId), leadId: maybe(id), memberIds: [id] },
  ];
  const [actor, mutation, input] = random.pick<[Actor, InputMutation, object]>([
    moves,
    moves,
    moves,
    [idp, updateUser, { id, displayName: maybe(word), department: maybe(word) }],
    [idp, updateUser, { id, active: random.below(2) === 0 }],
    [idp, updateUser, { id, photos: [{ value: `https://example.com/${random.below(3)}.png` }] }],
    [idp, updateUser, { id, nickName: word }],
    [idp, deprovisionUser, { id }],
    [
      idp,
      createUser,
      {
        userName: `person-${userIds.indexOf(id)}@example.com`,
        title: word,
        manager: maybe(random.pick(userIds)),
      },
    ],
    [
      idp,
      createUser,
      {
        userName: `new-${random.below(12)}@example.com`,
        manager: `person-${random.below(PEOPLE)}@example.com`,
      },
    ],
    creation,
    creation,
    [admin, updateTeam, { id: teamId, parentId: maybe(random.pick(teamIds)), leadId: maybe(id) }],
    [admin, updateTeam, { id: teamId, displayName: `Team ${random.below(9)}` }],
    [admin, addTeamMembers, { teamId, userIds: [id, random.pick(userIds)] }],
    [admin, removeTeamMembers, { teamId, userIds: [id] }],
    [admin, deleteTeam, { id: teamId }],
    structureOfTeams(admin, random),
  ]);
  const { data, errors } = await actor.ask(mutation.document, { input });
  for (const { extensions, message } of errors ?? [])
    expect(fairRefusals, `${mutation.field}: ${message}`).toContain(extensions.code);
  const created = (data?.[mutation.field] as { team?: { id: string } } | undefined)?.team?.id;
  if (created === undefined || mutation !== createTeam) return;
  if (teamIds.length < TEAMS) teamIds.push(created);
  else teamIds[random.below(TEAMS)] = created;
}

const structureOfTeams = (admin: Actor, random: Random): [Actor, InputMutation, object] => [
  admin,
  updateOrgStructure,
  { createTeams: random.pick(['NONE', 'DEPARTMENT', 'MANAGER']) },
];

/** Has all teams made anew, which goes on after the answer. */
export async function changeWhatTeamsAreMadeFrom({ admin }: AccountWorld, random: Random): Promise<void> {
  await run(...structureOfTeams(admin, random));
}

/** Waits until teams have followed the last change of what they are made from, and until everything written can be read. */
export async function caughtUp({ admin }: AccountWorld): Promise<void> {
  await followedRebuild(admin);
  const label = `marker ${crypto.randomUUID()}`;
  const messages = follow(admin, await feedCursor(admin));
  const heard = eventsUntil(messages, labelled(label));
  await newTeam(admin, { displayName: label });
  await heard;
  await messages.return();
}

const events = `query ($after: Cursor) { events(first: 500, after: $after) {
  pageInfo { hasNextPage endCursor }
  nodes { id cursor type occurredAt subject { id label } related { id type } connection { id } changes { field before after } } } }`;

/** The whole log, oldest first. */
export async function wholeLog({ admin }: AccountWorld): Promise<ChartEvent[]> {
  const found: ChartEvent[] = [];
  for (let after: string | null = null; ; ) {
    const { events: part }: EventsPage = await admin.query(events, { after });
    found.push(...part.nodes);
    after = part.pageInfo.endCursor;
    if (!part.pageInfo.hasNextPage) return found.reverse();
  }
}

interface EventsPage {
  readonly events: {
    readonly nodes: ChartEvent[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}
