import { expectEqual, expectList, expectPerson, idOf, valueAt, WrongAnswer } from '../workload/expect.ts';
import type { Person } from '../workload/person.ts';
import { personAt, totalOf, type World } from '../workload/world.ts';
import type { Phase } from './phase.ts';

const PAGE_SIZE = 100;
/** Parts of family names, with how many bear them. */
const PARTS = ['son', 'berg', 'ov', 'ma', 'sen', 'ell', 'st', 'an'];
const FILTERED_PAGE_SIZE = 50;

/** Looks for the one user with that value. */
export async function lookUp({ scim }: World, person: Person, by: 'userName' | 'externalId'): Promise<void> {
  const filter = encodeURIComponent(`${by} eq "${person[by]}"`);
  const answer = await scim.send('GET', `/Users?filter=${filter}`);
  const [resource] = expectList(answer, 1);
  expectPerson(answer, resource, person);
}

/** Reads a page, each user on it, and answers whom it has, of those before the workload none. */
export async function readPage(world: World, page: number): Promise<Person[]> {
  const { scim, present } = world;
  const total = totalOf(world);
  const answer = await scim.send('GET', `/Users?startIndex=${page * PAGE_SIZE + 1}&count=${PAGE_SIZE}`);
  const resources = expectList(answer, total);
  expectEqual(answer, 'resources', Math.min(PAGE_SIZE, total - page * PAGE_SIZE), resources.length);
  const people: Person[] = [];
  for (const resource of resources) {
    const person = present.get(idOf(answer, resource));
    if (person === undefined) continue;
    expectPerson(answer, resource, person);
    people.push(person);
  }
  if (resources.length - people.length > world.others)
    throw new WrongAnswer(answer, 'strangers', world.others, resources.length - people.length);
  return people;
}

/** How many pages there are. */
export const pageCount = (world: World): number => Math.ceil(totalOf(world) / PAGE_SIZE);

async function filterPage({ scim }: World, part: string, total: number): Promise<void> {
  const filter = encodeURIComponent(`name.familyName co "${part}" and active eq true`);
  const answer = await scim.send('GET', `/Users?filter=${filter}&startIndex=1&count=${FILTERED_PAGE_SIZE}`);
  const resources = expectList(answer, total);
  expectEqual(answer, 'resources', Math.min(FILTERED_PAGE_SIZE, total), resources.length);
  for (const resource of resources) {
    const familyName = String(valueAt(resource, 'name', 'familyName'));
    if (!bears(familyName, part)) throw new WrongAnswer(answer, 'name.familyName with', part, familyName);
    expectEqual(answer, 'active', true, valueAt(resource, 'active'));
  }
}

const bears = (familyName: string, part: string): boolean => familyName.toLowerCase().includes(part);

export const lookUpByUserName: Phase = {
  name: 'look-up-user-name',
  title: 'look-up, userName eq',
  step: (world, index) => lookUp(world, personAt(world, index), 'userName'),
};

export const lookUpByExternalId: Phase = {
  name: 'look-up-external-id',
  title: 'look-up, externalId eq',
  step: (world, index) => lookUp(world, personAt(world, index), 'externalId'),
};

export const list: Phase = {
  name: 'list',
  title: 'list of 100',
  async step(world, index) {
    await readPage(world, index % pageCount(world));
  },
};

/** How many active people bear a part, by contender: counted once, for nobody comes or goes meanwhile. */
const counts = new WeakMap<World, number[]>();

export const complexFilter: Phase = {
  name: 'filter',
  title: 'complex filter: co and eq, 50 a page',
  async prepare(world) {
    const active = [...world.present.values()].filter((person) => person.active);
    const count = (part: string) => active.filter(({ familyName }) => bears(familyName, part)).length;
    counts.set(world, PARTS.map(count));
  },
  step(world, index) {
    const which = index % PARTS.length;
    return filterPage(world, PARTS[which] ?? '', counts.get(world)?.[which] ?? 0);
  },
};
