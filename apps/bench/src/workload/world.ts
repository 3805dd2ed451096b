import type { Group } from './group.ts';
import type { Person } from './person.ts';
import type { ScimClient } from './scim-client.ts';

/** What one contender must have by now, and the way to ask it. */
export interface World {
  readonly scim: ScimClient;
  /** Those whom the phase *create* brings, managers first. */
  readonly people: readonly Person[];
  /** Everybody who is there, by id. */
  readonly present: Map<string, Person>;
  /** The ids of those who were there and were deleted. */
  readonly gone: string[];
  /** How many the server had before, such as the account's admin. */
  readonly others: number;
  /** Tells a contender of a group that is about to be worked on. */
  useGroup(id: string): Promise<unknown>;
  /** Groups that stay to the end. */
  readonly groups: Group[];
}

/** The person whose turn it is, when all are taken in a circle. */
export function personAt({ people }: World, index: number): Person {
  const person = people[index % people.length];
  if (person === undefined) throw new Error('There are no people.');
  return person;
}

/**
 * The person whose turn it is, when all are taken in a circle, far from each other: of any stretch of turns, managers have
 * the share that they have of all.
 */
export const scatteredPersonAt = (world: World, index: number): Person =>
  personAt(world, index * strideAmong(world.people.length));

const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/** Steps of this length meet each of so many before they meet one again, and divide the circle evenly at any time. */
function strideAmong(count: number): number {
  let stride = Math.max(1, Math.round(count * GOLDEN_RATIO));
  while (greatestDivisor(stride, count) > 1) stride += 1;
  return stride;
}

const greatestDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestDivisor(other, one % other);

/** How many users the server must count. */
export const totalOf = ({ present, others }: World): number => present.size + others;

/** The id that the server gave. @throws Error when they were not created yet */
export function idOfPerson({ id, userName }: Person): string {
  if (id === undefined) throw new Error(`${userName} was not created.`);
  return id;
}
