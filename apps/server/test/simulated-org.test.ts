import { buildDirectory, type IdpName, type Person, simulate } from '@rollcall/idp-simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { expectedOrg, type NamedTeam } from './expected-org.ts';
import { lawCases } from './property-runs.ts';
import { type Company, openServerWorld, type ServerWorld } from './world.ts';

// Hashing passwords would take longer than all the rest, and no team follows from them.
const company = { users: lawCases(1_000), groups: 0, seed: 11, passwords: false };

let server: ServerWorld;
beforeAll(async () => {
  server = await openServerWorld();
});
afterAll(() => server.close());

const teamPage = z.object({
  teams: z.object({
    nodes: z.array(
      z.object({
        displayName: z.string(),
        parent: z.object({ displayName: z.string() }).nullable(),
        lead: z.object({ userName: z.string() }).nullable(),
        memberReferences: z.array(z.object({ id: z.string() })),
      }),
    ),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

const userPage = z.object({
  users: z.object({
    nodes: z.array(z.object({ id: z.string(), userName: z.string() })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

/** Every page of a list. */
async function pages<Page>(
  read: (after: string | null) => Promise<{ page: Page; after: string | null }>,
): Promise<Page[]> {
  const all: Page[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const next = await read(after ?? null);
    all.push(next.page);
    after = next.after;
  }
  return all;
}

const nextOf = ({ hasNextPage, endCursor }: { hasNextPage: boolean; endCursor: string | null }) =>
  hasNextPage ? endCursor : null;

/** The teams that follow from people, as internal tools see them. */
async function orgOf({ admin }: Company): Promise<NamedTeam[]> {
  const people = await pages(async (after) => {
    const { users } = userPage.parse(
      await admin.query(
        'query ($after: Cursor) { users(first: 500, after: $after) { nodes { id userName } pageInfo { hasNextPage endCursor } } }',
        { after },
      ),
    );
    return { page: users.nodes, after: nextOf(users.pageInfo) };
  });
  const logins = new Map(people.flat().map(({ id, userName }) => [id, userName]));
  const teams = await pages(async (after) => {
    const page = teamPage.parse(
      await admin.query(
        `query ($after: Cursor) { teams(filter: { origin: ORG_STRUCTURE }, first: 100, after: $after) {
          nodes { displayName parent { displayName } lead { userName } memberReferences { id } }
          pageInfo { hasNextPage endCursor } } }`,
        { after },
      ),
    );
    return { page: page.teams.nodes, after: nextOf(page.teams.pageInfo) };
  });
  return teams
    .flat()
    .map(({ displayName, parent, lead, memberReferences }) => ({
      name: displayName,
      parent: parent?.displayName ?? null,
      lead: lead?.userName ?? null,
      members: memberReferences.map(({ id }) => logins.get(id) ?? id).sort(),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Decides what teams are made from, and waits until they are. */
async function restructure({ admin }: Company, createTeams: string): Promise<void> {
  await admin.query(
    'mutation ($input: UpdateOrgStructureInput!) { updateOrgStructure(input: $input) { orgStructure { createTeams } } }',
    { input: { createTeams } },
  );
  for await (const _ of await admin.follow('subscription { orgRebuildProgress { done } }'));
}

const peopleOf = (idp: IdpName): readonly Person[] =>
  buildDirectory({ idp, ...company }).generations[1].people;

test.concurrent.each([
  { idp: 'entra', live: 'MANAGER', rebuilt: 'DEPARTMENT' },
  { idp: 'okta', live: 'DEPARTMENT', rebuilt: 'MANAGER' },
] as const)(
  `${company.users.toLocaleString('en')} people whom $idp provisions are the organisation, team by team: as they come and change ($live), and rebuilt ($rebuilt)`,
  { timeout: 900_000 },
  async ({ idp, live, rebuilt }) => {
    const here = await server.company();
    await restructure(here, live);
    const { baseUrl } = here.scim;
    const outcome = await simulate({ idp, url: baseUrl, token: here.idp.token, concurrency: 8, ...company });
    expect(outcome).toMatchObject({ failureCount: 0, failures: [], stopped: undefined });
    expect(await orgOf(here)).toEqual(expectedOrg(peopleOf(idp), live));
    await restructure(here, rebuilt);
    expect(await orgOf(here)).toEqual(expectedOrg(peopleOf(idp), rebuilt));
  },
);
