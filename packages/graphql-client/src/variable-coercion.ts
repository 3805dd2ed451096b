import {
  type GraphQLError,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getVariableValues,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql';

type Values = Record<string, unknown>;
type Coerce = (value: unknown) => unknown;

/** Coerced values, or the errors that say why there are none. */
export type CoercedVariables =
  | { coerced: Values; errors?: undefined }
  | { coerced?: undefined; errors: readonly GraphQLError[] };

/** Thrown on anything that is not plainly right; graphql-js then finds the words for it. */
class Misfit extends Error {}

/**
 * Compiles the coercion of an operation's variables (GraphQL specification §6.1.2), which graphql-js does anew for
 * every request at many times the cost. Whatever is not plainly right is left to graphql-js, so that errors are its own.
 */
export function compileVariableCoercion(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
): (values: Values) => CoercedVariables {
  const coercions = new Map<GraphQLInputType, Coerce>();
  const variables = definitions.map((definition) => compileVariable(schema, definition, coercions));
  return (values) => {
    try {
      const coerced: Values = {};
      for (const assign of variables) assign(values, coerced);
      return { coerced };
    } catch (misfit) {
      if (!(misfit instanceof Misfit)) throw misfit;
      return getVariableValues(schema, definitions, values, { maxErrors: 20 });
    }
  };
}

function compileVariable(
  schema: GraphQLSchema,
  definition: VariableDefinitionNode,
  coercions: Map<GraphQLInputType, Coerce>,
): (values: Values, coerced: Values) => void {
  const name = definition.variable.name.value;
  const type = typeFromAST(schema, definition.type);
  if (!isInputType(type)) throw new Error(`The variable $${name} has no input type.`);
  const coerce = compileType(type, coercions);
  const fallback = definition.defaultValue && valueFromAST(definition.defaultValue, type);
  return (values, coerced) => {
    const value = values[name];
    if (value !== undefined) coerced[name] = coerce(value);
    else if (fallback !== undefined) coerced[name] = fallback;
    else if (isNonNullType(type)) throw new Misfit();
  };
}

function compileType(type: GraphQLInputType, coercions: Map<GraphQLInputType, Coerce>): Coerce {
  const known = coercions.get(type);
  if (known !== undefined) return known;
  // A type may contain itself: until it is compiled, it is looked up when it is needed.
  coercions.set(type, (value) => coercions.get(type)?.(value));
  const compiled = compileNewType(type, coercions);
  coercions.set(type, compiled);
  return compiled;
}

function compileNewType(type: GraphQLInputType, coercions: Map<GraphQLInputType, Coerce>): Coerce {
  if (isNonNullType(type)) {
    const coerce = compileType(type.ofType, coercions);
    return (value) => coerce(value ?? misfit());
  }
  if (isListType(type)) {
    const coerce = compileType(type.ofType, coercions);
    return (value) => {
      if (value === null) return null;
      return Array.isArray(value) ? value.map((item) => coerce(item ?? null)) : [coerce(value)];
    };
  }
  if (isInputObjectType(type)) return compileObject(type, coercions);
  return (value) => (value === null ? null : parseLeaf(() => type.parseValue(value)));
}

function compileObject(type: GraphQLInputObjectType, coercions: Map<GraphQLInputType, Coerce>): Coerce {
  if (type.isOneOf) return () => misfit();
  const fields = Object.values(type.getFields()).map(({ name, type: fieldType, defaultValue }) => ({
    name,
    defaultValue,
    isRequired: isNonNullType(fieldType),
    coerce: compileType(fieldType, coercions),
  }));
  const names = new Set(fields.map(({ name }) => name));
  return (value) => {
    if (value === null) return null;
    if (!isRecord(value)) return misfit();
    for (const name in value) if (!names.has(name)) return misfit();
    const coerced: Values = {};
    for (const { name, defaultValue, isRequired, coerce } of fields) {
      const given = value[name];
      if (given !== undefined) coerced[name] = coerce(given);
      else if (defaultValue !== undefined) coerced[name] = defaultValue;
      else if (isRequired) return misfit();
    }
    return coerced;
  };
}

function parseLeaf(parse: () => unknown): unknown {
  let parsed: unknown;
  try {
    parsed = parse();
  } catch {
    return misfit();
  }
  return parsed === undefined ? misfit() : parsed;
}

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function misfit(): never {
  throw new Misfit();
}
