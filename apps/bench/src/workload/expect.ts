import type { Person } from './person.ts';
import type { Answer } from './scim-client.ts';
import { expectedAttributes } from './scim-person.ts';

const SHOWN = 300;

/** An answer is not what it must be; the message names the request, what was expected and what came. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';

  constructor({ method, path, sent, status }: Answer, what: string, expected: unknown, got: unknown) {
    const request = [method, path, sent?.slice(0, SHOWN)].filter(Boolean).join(' ');
    super(`${request}\nexpected ${what} ${show(expected)}, got ${show(got)} (status ${status})`);
  }
}

const show = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, SHOWN);

/** @throws WrongAnswer when the two differ */
export function expectEqual(answer: Answer, what: string, expected: unknown, got: unknown): void {
  if (expected !== got) throw new WrongAnswer(answer, what, expected, got);
}

/** @throws WrongAnswer when the status is none of these */
export function expectStatus(answer: Answer, ...expected: number[]): void {
  if (!expected.includes(answer.status)) {
    throw new WrongAnswer(answer, 'status', expected.join(' or '), answer.body);
  }
}

/** @throws WrongAnswer when an attribute of the person, or the address under which they are, is another */
export function expectPerson(answer: Answer, resource: unknown, person: Person): void {
  for (const [path, value] of expectedAttributes(person)) {
    const got = valueAt(resource, ...path);
    if (got !== value) throw new WrongAnswer(answer, path.join('.'), value, got);
  }
  if (person.id !== undefined) expectEqual(answer, 'id', person.id, valueAt(resource, 'id'));
  const location = valueAt(resource, 'meta', 'location');
  if (typeof location !== 'string' || !location.endsWith(`/Users/${valueAt(resource, 'id')}`)) {
    throw new WrongAnswer(answer, 'meta.location to end with', `/Users/${person.id}`, location);
  }
}

/** The resources of a ListResponse. @throws WrongAnswer when it has another total, or is none */
export function expectList(answer: Answer, total: number): readonly unknown[] {
  expectStatus(answer, 200);
  expectEqual(answer, 'totalResults', total, valueAt(answer.body, 'totalResults'));
  const resources = valueAt(answer.body, 'Resources') ?? [];
  if (!Array.isArray(resources)) throw new WrongAnswer(answer, 'Resources', [], resources);
  return resources;
}

/** What is there in a JSON value; undefined where the way ends before. */
export function valueAt(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const key of path) found = hasKey(found, key) ? found[key] : undefined;
  return found;
}

const hasKey = <K extends string | number>(value: unknown, key: K): value is Record<K, unknown> =>
  typeof value === 'object' && value !== null && key in value;

/** The id in a resource. @throws WrongAnswer when there is none */
export function idOf(answer: Answer, resource: unknown): string {
  const id = valueAt(resource, 'id');
  if (typeof id !== 'string') throw new WrongAnswer(answer, 'id', 'a text', id);
  return id;
}
