import type { Actor } from '@rollcall/testkit';
import { type InputMutation, run } from './directory.ts';

export interface RebuildData {
  readonly id: string;
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly createTeams: string;
  readonly teamAttribute: string;
  readonly finishedAt: string | null;
}

export interface StructureData {
  readonly createTeams: string;
  readonly teamAttribute: string;
  readonly teamAttributes: readonly string[];
  readonly teamCount: number;
  readonly rebuild: RebuildData | null;
}

export interface PlanItemData {
  readonly teamId: string | null;
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

interface PlanPartData {
  readonly count: number;
  readonly examples: readonly PlanItemData[];
}

export type PlanPartName = 'created' | 'renamed' | 'moved' | 'adopted' | 'merged' | 'removed';
export type PlanData = Readonly<Record<PlanPartName, PlanPartData>> & { readonly personMoves: number };

const rebuildFields = 'id state done total createTeams teamAttribute finishedAt';
const structureFields = `createTeams teamAttribute teamAttributes teamCount rebuild { ${rebuildFields} }`;
const part = '{ count examples { teamId name before after } }';
const planFields = ['created', 'renamed', 'moved', 'adopted', 'merged', 'removed'].map(
  (name) => `${name} ${part}`,
);

export const updateOrgStructure: InputMutation = {
  field: 'updateOrgStructure',
  document: `mutation ($input: UpdateOrgStructureInput!) {
    updateOrgStructure(input: $input) { orgStructure { ${structureFields} } } }`,
};

const rehearsal: InputMutation = {
  field: 'updateOrgStructure',
  document: `mutation ($input: UpdateOrgStructureInput!) {
    updateOrgStructure(input: $input) { orgStructure { ${structureFields} } plan { ${planFields.join(' ')} personMoves } } }`,
};

/** The account's structure as it is. */
export const structureOf = async (actor: Actor): Promise<StructureData> =>
  (await actor.query<{ orgStructure: StructureData }>(`{ orgStructure { ${structureFields} } }`))
    .orgStructure;

/** What a change of the settings would come to, without making it. */
export const rehearse = (
  actor: Actor,
  input: object,
): Promise<{ orgStructure: StructureData; plan: PlanData }> =>
  run(actor, rehearsal, input, { 'rollcall-dry-run': 'true' });

/** Every step of the rebuild that runs, up to its end; of the last one when none runs. */
export async function followedRebuild(actor: Actor): Promise<RebuildData[]> {
  const steps: RebuildData[] = [];
  const messages = await actor.follow<{ orgRebuildProgress: RebuildData }>(
    `subscription { orgRebuildProgress { ${rebuildFields} } }`,
  );
  for await (const { orgRebuildProgress } of messages) steps.push(orgRebuildProgress);
  return steps;
}

/** Changes the settings, and waits until all teams are in line. */
export async function restructure(actor: Actor, input: object): Promise<StructureData> {
  await run(actor, updateOrgStructure, input);
  await followedRebuild(actor);
  return structureOf(actor);
}

/** Somebody to be hired, whose userName follows from the name. */
export interface Hire {
  readonly name: string;
  readonly department?: string | null;
  readonly division?: string | null;
  /** The name of another. */
  readonly manager?: string | null;
  readonly displayName?: string;
  readonly active?: boolean;
  readonly customAttributes?: readonly object[];
}

const BATCH = 500;
const loginOf = (name: string): string => `${name.toLowerCase().replaceAll(' ', '.')}@example.com`;

/** Creates people, in this order; their ids by name. */
export async function hire(actor: Actor, people: readonly Hire[]): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (let start = 0; start < people.length; start += BATCH) {
    const batch = people.slice(start, start + BATCH);
    const users = batch.map(({ name, manager, ...person }) => ({
      userName: loginOf(name),
      displayName: name,
      ...person,
      ...(manager == null ? {} : { manager: loginOf(manager) }),
    }));
    const { createUsers } = await actor.query<{ createUsers: { results: { user: { id: string } }[] } }>(
      'mutation ($input: CreateUsersInput!) { createUsers(input: $input) { results { user { id } } } }',
      { input: { users } },
    );
    for (const [index, { user }] of createUsers.results.entries()) ids[batch[index]?.name ?? ''] = user.id;
  }
  return ids;
}

export interface SeenTeam {
  readonly name: string;
  readonly parent: string | null;
  readonly lead: string | null;
  readonly members: readonly string[];
}

/** The teams that follow from people, as the API shows them, by name. */
export async function teamsSeen(actor: Actor): Promise<SeenTeam[]> {
  interface Node {
    readonly displayName: string;
    readonly parent: { readonly displayName: string } | null;
    readonly lead: { readonly displayName: string } | null;
    readonly memberReferences: readonly { readonly displayName: string }[];
  }
  const { teams } = await actor.query<{ teams: { nodes: Node[] } }>(
    `{ teams(filter: { origin: ORG_STRUCTURE }, first: 500) { nodes {
      displayName parent { displayName } lead { displayName } memberReferences { displayName } } } }`,
  );
  return teams.nodes
    .map(({ displayName, parent, lead, memberReferences }) => ({
      name: displayName,
      parent: parent?.displayName ?? null,
      lead: lead?.displayName ?? null,
      members: memberReferences.map((member) => member.displayName).sort(),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
