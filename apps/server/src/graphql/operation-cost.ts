import { apiLimits, assertFewComparisons, demandOf } from '@rollcall/core';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  valueFromASTUntyped,
} from 'graphql';
import { meanLength } from './introspected-lengths.ts';

/** What is about to be executed; the document is valid, so that its fragments end. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

const OBJECT = 2;
const SCALAR = 1;
const EACH_LEVEL = 1.5;

/**
 * How much an operation may make the server read: 1 a value, 2 an object, half as much again for what lies a level
 * deeper, and a list as often as its page is long, whether the document, a variable or the default says so, or as often
 * as there are ids. A fragment costs what it selects, and a filter what its comparisons look at. Throws LIMIT_EXCEEDED
 * where a filter compares too much.
 */
export function costOf({ schema, document, operation, variables }: Operation): number {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
  const known = new Map<string, number>();
  const values = valuesOf({ operation, variables });

  function costOfAll({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): number {
    return selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) return sum + costOfField(selection, parent);
      if (selection.kind === Kind.FRAGMENT_SPREAD) return sum + costOfFragment(selection.name.value);
      const condition = selection.typeCondition?.name.value;
      return (
        sum + costOfAll(selection.selectionSet, condition === undefined ? parent : schema.getType(condition))
      );
    }, 0);
  }

  // Counted once: fragments of fragments would else take exponential time.
  function costOfFragment(name: string): number {
    const fragment = fragments.get(name);
    if (fragment === undefined) return 0;
    const cost =
      known.get(name) ?? costOfAll(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value));
    known.set(name, cost);
    return cost;
  }

  function costOfField(field: FieldNode, parent: GraphQLNamedType | undefined): number {
    const definition = fieldOf(schema, parent, field.name.value);
    const args = argumentsOf(field);
    const asked = costOfArguments(definition, args);
    if (field.selectionSet === undefined) return SCALAR + asked;
    const type = definition === undefined ? undefined : getNamedType(definition.type);
    const each = OBJECT + EACH_LEVEL * costOfAll(field.selectionSet, type);
    return asked + each * (meanLength(schema, parent, field.name.value) ?? pageOf(args, definition));
  }

  /** What a field is given, literals and variables alike. */
  function argumentsOf({ arguments: given = [] }: FieldNode): ReadonlyMap<string, unknown> {
    return new Map(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value, values)]));
  }

  return costOfAll(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
}

/** The variables, and the defaults of those that were left out. */
function valuesOf({
  operation,
  variables,
}: Pick<Operation, 'operation' | 'variables'>): Record<string, unknown> {
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)]],
  );
  return { ...Object.fromEntries(defaults), ...variables };
}

/** What is compared for the field. Throws LIMIT_EXCEEDED where one filter compares too much. */
function costOfArguments(definition: Definition, given: ReadonlyMap<string, unknown>): number {
  return (definition?.args ?? []).reduce((sum, { name, type }) => {
    const { comparisons, cost } = demandOf(type, given.get(name));
    assertFewComparisons(name, comparisons);
    return sum + cost;
  }, 0);
}

/** How many objects the field gives at most: as its page is long, or as there are ids. */
function pageOf(given: ReadonlyMap<string, unknown>, definition: Definition): number {
  const ids = given.get('ids');
  if (ids !== undefined) return Array.isArray(ids) ? Math.max(1, ids.length) : 1;
  if (!definition?.args.some(({ name }) => name === 'first')) return 1;
  const asked = [given.get('first'), given.get('last')].filter((length) => typeof length === 'number');
  return asked.length > 0 ? Math.max(1, ...asked) : apiLimits.defaultPageSize;
}

type Definition = GraphQLField<unknown, unknown> | undefined;

function fieldOf(schema: GraphQLSchema, type: GraphQLNamedType | undefined, name: string): Definition {
  if (type === schema.getQueryType() && name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (type === schema.getQueryType() && name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}
