import { isJsonObject, type JsonValue } from '@rollcall/scim-protocol';
import type { ScimClient, ScimResource } from '../clients/scim-client.ts';
import { GROUP, USER, unique } from '../conformance/samples.ts';
import type { Company } from '../world.ts';

/** The company that the mistakes are tried with. */
export type CurrentCompany = () => Company;
/** A company of its own, for what counts the whole of a directory. */
export type AnotherCompany = () => Promise<Company>;

/** A new User with these attributes besides a userName. */
export const newUser = (scim: ScimClient, attributes: object = {}): Promise<ScimResource> =>
  scim.create('Users', { schemas: [USER], userName: unique('person'), ...attributes });

/** A new Group of these users. */
export const newGroup = (
  scim: ScimClient,
  members: readonly ScimResource[] = [],
  attributes: object = {},
): Promise<ScimResource> =>
  scim.create('Groups', {
    schemas: [GROUP],
    displayName: unique('Group'),
    members: members.map(({ id }) => ({ value: id })),
    ...attributes,
  });

/** New users, one after the other so that their order is known. */
export async function newUsers(scim: ScimClient, count: number): Promise<ScimResource[]> {
  const users: ScimResource[] = [];
  while (users.length < count) users.push(await newUser(scim));
  return users;
}

/** The elements of a multi-valued attribute; none when it is not there. */
export const elementsOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value) ? value : [];

/** The `value` of each element, in order of the texts. */
export const valuesOf = (value: JsonValue | undefined): string[] =>
  elementsOf(value)
    .map((element) => (isJsonObject(element) ? String(element.value) : String(element)))
    .sort();

export async function memberIds(scim: ScimClient, { id }: ScimResource): Promise<string[]> {
  return valuesOf((await scim.read(`/Groups/${id}`)).members);
}

export const idsOf = (...resources: readonly ScimResource[]): string[] =>
  resources.map(({ id }) => id).sort();

/** Creates users in batches through GraphQL: a crowd in the time of a few requests. */
export async function newCrowd({ admin }: Company, count: number): Promise<void> {
  const mutation =
    'mutation ($input: CreateUsersInput!) { createUsers(input: $input) { results { error { message } } } }';
  for (let from = 1; from <= count; from += 100) {
    const size = Math.min(100, count - from + 1);
    const users = Array.from({ length: size }, (_, at) => ({ userName: `crowd-${from + at}@example.com` }));
    const { createUsers } = await admin.query<{ createUsers: { results: { error: unknown }[] } }>(mutation, {
      input: { users },
    });
    if (createUsers.results.some(({ error }) => error !== null))
      throw new Error('The crowd is not complete.');
  }
}
