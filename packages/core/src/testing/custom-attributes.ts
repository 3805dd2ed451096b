import type { Actor } from '@rollcall/testkit';
import { type InputMutation, run } from './directory.ts';

export interface CustomAttributeData {
  readonly id: string;
  readonly schema: string;
  readonly name: string;
}

const definition =
  'id schema name type multiValued required caseExact canonicalValues uniqueness indexed description';

const mutation = (verb: string, selection: string): InputMutation => ({
  field: `${verb}CustomAttribute`,
  document: `mutation ($input: ${verb[0]?.toUpperCase()}${verb.slice(1)}CustomAttributeInput!) {
    ${verb}CustomAttribute(input: $input) { ${selection} } }`,
});

export const createCustomAttribute = mutation('create', `customAttribute { ${definition} }`);
export const updateCustomAttribute = mutation('update', `customAttribute { ${definition} }`);
export const deleteCustomAttribute = mutation('delete', 'deletedCustomAttributeId');

/** The attributes that the account of an actor defined. */
export const definitionsQuery = `{ customAttributesVersion customAttributes { ${definition} } }`;

/** Defines an attribute. */
export async function define(actor: Actor, input: object): Promise<CustomAttributeData> {
  return (await run<{ customAttribute: CustomAttributeData }>(actor, createCustomAttribute, input))
    .customAttribute;
}

/** The custom attributes of a person by name. */
export async function valuesOf(actor: Actor, id: string): Promise<Record<string, unknown>> {
  const { user } = await actor.query<{
    user: { customAttributes: { name: string; value: unknown }[] } | null;
  }>('query ($id: ID!) { user(id: $id) { customAttributes { name value } } }', { id });
  return Object.fromEntries((user?.customAttributes ?? []).map(({ name, value }) => [name, value]));
}
