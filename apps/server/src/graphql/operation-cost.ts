import { apiLimits } from '@rollcall/core';
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
  type SelectionSetNode,
  type ValueNode,
  type VariableNode,
} from 'graphql';

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
 * as there are ids. A fragment costs what it selects.
 */
export function costOf({ schema, document, operation, variables }: Operation): number {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
  const known = new Map<string, number>();

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
    // What the contract says of itself costs no data.
    if (field.name.value.startsWith('__')) return 0;
    if (field.selectionSet === undefined) return SCALAR;
    const definition = fieldOf(parent, field.name.value);
    const type = definition === undefined ? undefined : getNamedType(definition.type);
    return (OBJECT + EACH_LEVEL * costOfAll(field.selectionSet, type)) * pageOf(field, definition);
  }

  function pageOf(field: FieldNode, definition: GraphQLField<unknown, unknown> | undefined): number {
    const ids = field.arguments?.find(({ name }) => name.value === 'ids')?.value;
    if (ids !== undefined) return Math.max(1, lengthOf(ids));
    if (!definition?.args.some(({ name }) => name === 'first')) return 1;
    const asked = field.arguments
      ?.filter(({ name }) => name.value === 'first' || name.value === 'last')
      .map(({ value }) => numberOf(value))
      .filter((length) => length !== undefined);
    return asked?.length ? Math.max(1, ...asked) : apiLimits.defaultPageSize;
  }

  function lengthOf(value: ValueNode): number {
    if (value.kind === Kind.LIST) return value.values.length;
    if (value.kind !== Kind.VARIABLE) return 1;
    const given = variables[value.name.value];
    if (Array.isArray(given)) return given.length;
    const defined = defaultOf(value);
    return defined === undefined ? 1 : lengthOf(defined);
  }

  function numberOf(value: ValueNode): number | undefined {
    if (value.kind === Kind.INT) return Number(value.value);
    if (value.kind !== Kind.VARIABLE) return undefined;
    const given = variables[value.name.value];
    if (typeof given === 'number') return given;
    const defined = defaultOf(value);
    return defined === undefined ? undefined : numberOf(defined);
  }

  function defaultOf({ name }: VariableNode): ValueNode | undefined {
    return operation.variableDefinitions?.find(({ variable }) => variable.name.value === name.value)
      ?.defaultValue;
  }

  return costOfAll(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
}

const fieldOf = (
  type: GraphQLNamedType | undefined,
  name: string,
): GraphQLField<unknown, unknown> | undefined =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
