import { expectStatus, valueAt } from '../workload/expect.ts';
import { buildPeople } from '../workload/person.ts';
import { ScimClient, type ScimEndpoint } from '../workload/scim-client.ts';
import type { World } from '../workload/world.ts';

/** Whom the phases can be played by. */
export const contenderNames = ['floor', 'server', 'stock', 'manager', 'mapped'] as const;
export type ContenderName = (typeof contenderNames)[number];

/** A server that answers SCIM, and what it must have by now. */
export interface Contender {
  readonly name: ContenderName;
  readonly world: World;
  /** The process that serves. */
  readonly pid: number;
  readonly databaseUrl: string;
  /** The process that owns those of PostgreSQL, which may be another one after a crash. */
  postgresPid(): number;
}

/** Where a contender serves SCIM, and what it makes of groups. */
export interface Served {
  readonly endpoint: ScimEndpoint;
  readonly useGroup?: World['useGroup'];
}

/** A world with the people of the workload, none of whom the server has yet. */
export async function openWorld(
  { endpoint, useGroup = async () => undefined }: Served,
  users: number,
  atATime: number,
): Promise<World> {
  const scim = new ScimClient(endpoint, atATime);
  const answer = await scim.send('GET', '/Users?count=1');
  expectStatus(answer, 200);
  const others = Number(valueAt(answer.body, 'totalResults'));
  return { scim, people: buildPeople(users), present: new Map(), gone: [], others, groups: [], useGroup };
}
