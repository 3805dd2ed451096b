import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { requirementOf } from '../schema/requires.ts';
import { CursorScalar } from '../schema/scalars.ts';

/**
 * The fields of inputs that something can be learned through and that name no permission: those that an argument of
 * a query, a subscription or a field leads to. What mutations take is written, and is not read back by asking.
 */
export function unnamedDemands(schema: GraphQLSchema): string[] {
  const unnamed = new Set<string>();
  const seen = new Set<unknown>();
  const walk = (type: GraphQLInputType): void => {
    const input = getNamedType(type);
    if (!isInputObjectType(input) || seen.has(input)) return;
    seen.add(input);
    for (const field of Object.values(input.getFields())) {
      if (requirementOf(field) === undefined && !namesItsOwn(field.type))
        unnamed.add(`${input.name}.${field.name}`);
      walk(field.type);
    }
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type === schema.getMutationType()) continue;
    for (const { args } of Object.values(type.getFields()))
      for (const { type: argument } of args) walk(argument);
  }
  return [...unnamed];
}

/** Does each value name what it needs? */
function namesItsOwn(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  return isEnumType(named) && named.getValues().every((value) => requirementOf(value) !== undefined);
}

/** The fields of inputs that take a cursor: only arguments themselves are opened. */
export function hiddenCursors(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    isInputObjectType(type)
      ? Object.values(type.getFields()).flatMap((field) =>
          getNamedType(field.type) === CursorScalar ? [`${type.name}.${field.name}`] : [],
        )
      : [],
  );
}
