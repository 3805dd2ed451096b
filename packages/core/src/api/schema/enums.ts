import type { GraphQLSchema } from 'graphql';
import { isEnumType } from 'graphql';
import { registerEnumType } from 'type-graphql';
import type { Requirement } from '../../authorization/permissions.ts';

/** Declares a GraphQL enum from a closed list of names, each with its description. */
export function declareEnum<const Name extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Name, string>>,
): { readonly [Key in Name]: Key } {
  const names = Object.keys(values) as Name[];
  const members = Object.fromEntries(names.map((value) => [value, value])) as { readonly [Key in Name]: Key };
  const valuesConfig = Object.fromEntries(names.map((value) => [value, { description: values[value] }]));
  registerEnumType(members, { name, description, valuesConfig: valuesConfig as never });
  return members;
}

/** A value of an enum that makes something readable, such as what a list is ordered by. */
export interface RevealingValue {
  readonly description: string;
  readonly requires: Requirement;
}

const revealing = new Map<string, Readonly<Record<string, RevealingValue>>>();

/** Declares a GraphQL enum whose values each need a permission. */
export function declareRevealingEnum(
  name: string,
  description: string,
  values: Readonly<Record<string, RevealingValue>>,
): Readonly<Record<string, string>> {
  revealing.set(name, values);
  return declareEnum(
    name,
    description,
    Object.fromEntries(Object.entries(values).map(([value, { description: text }]) => [value, text])),
  );
}

/** Puts the permissions of values where those of fields are: type-graphql knows no extensions of values. */
export function nameRequirementsOfValues(schema: GraphQLSchema): void {
  for (const [name, values] of revealing) {
    const type = schema.getType(name);
    for (const value of isEnumType(type) ? type.getValues() : []) {
      value.extensions = { requires: values[value.name]?.requires };
    }
  }
}
