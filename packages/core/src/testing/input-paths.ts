import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

type AnyField = GraphQLField<unknown, unknown>;
type AnyInput = GraphQLArgument | GraphQLInputField;

/** A place in a field's arguments where an id goes, as `filter.teams.some.id.equals`. */
export interface IdPath {
  readonly path: readonly string[];
}

/** Every place in the arguments of a field that takes an id; `takesId` says so of strings that are ids too. */
export function idPathsOf(field: AnyField, takesId: (place: string) => boolean): IdPath[] {
  return field.args.flatMap((argument) => pathsOf(argument, field.name, [], new Set(), takesId));
}

function pathsOf(
  input: AnyInput,
  owner: string,
  above: readonly string[],
  entered: ReadonlySet<GraphQLNamedType>,
  takesId: (place: string) => boolean,
): IdPath[] {
  const path = [...above, input.name];
  const type = getNamedType(input.type);
  if (isInputObjectType(type)) {
    if (entered.has(type)) return [];
    const within = new Set([...entered, type]);
    return Object.values(type.getFields()).flatMap((inner) =>
      pathsOf(inner, type.name, path, within, takesId),
    );
  }
  return type.name === 'ID' || takesId(`${owner}.${input.name}`) ? [{ path }] : [];
}

/** Makes the value of a required input that is not what a test is about; `place` is `Type.field`. */
export type Sample = (place: string, type: GraphQLNamedType) => unknown;

/** The arguments of a field with `value` at `path`, and samples where something else is required. */
export function argumentsWith(
  field: AnyField,
  { path }: IdPath,
  value: string,
  sample: Sample,
): Record<string, unknown> {
  return objectWith(field.name, field.args, path, value, sample);
}

function objectWith(
  owner: string,
  inputs: readonly AnyInput[],
  path: readonly string[],
  value: string,
  sample: Sample,
): Record<string, unknown> {
  const [name, ...below] = path;
  const entries = inputs.flatMap((input) => {
    if (input.name === name) return [[input.name, valueAt(input.type, below, value, sample)] as const];
    if (!isNonNullType(input.type) || input.defaultValue !== undefined) return [];
    return [[input.name, sampleOf(input.type, `${owner}.${input.name}`, sample)] as const];
  });
  return Object.fromEntries(entries);
}

function valueAt(type: GraphQLInputType, path: readonly string[], value: string, sample: Sample): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [valueAt(nullable.ofType, path, value, sample)];
  if (!isInputObjectType(nullable)) return value;
  return objectWith(nullable.name, Object.values(nullable.getFields()), path, value, sample);
}

function sampleOf(type: GraphQLInputType, place: string, sample: Sample): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [sampleOf(nullable.ofType, place, sample)];
  if (isInputObjectType(nullable))
    return objectWith(nullable.name, Object.values(nullable.getFields()), [], '', sample);
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  return sample(place, nullable);
}

/** A document that asks for one field with a variable for each argument named, selecting leaves `depth` levels down. */
export function documentFor(
  operation: 'query' | 'mutation' | 'subscription',
  field: AnyField,
  argumentNames: readonly string[],
  depth: number,
): string {
  const args = field.args.filter(({ name }) => argumentNames.includes(name));
  const declared = args.map(({ name, type }) => `$${name}: ${type}`);
  const passed = args.map(({ name }) => `${name}: $${name}`);
  const list = (items: readonly string[]) => (items.length === 0 ? '' : `(${items.join(', ')})`);
  return `${operation} ${list(declared)} { ${field.name}${list(passed)} ${selectionOf(field.type, depth)} }`;
}

function selectionOf(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isInterfaceType(named)) return '{ __typename id }';
  if (!isObjectType(named)) throw new Error(`${named.name}: say here how to select a union.`);
  const fields = Object.values(named.getFields()).flatMap((field) => {
    const isLeaf = isLeafType(getNamedType(field.type));
    const needsArguments = field.args.some(
      ({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined,
    );
    return needsArguments || (!isLeaf && depth === 0)
      ? []
      : [`${field.name} ${selectionOf(field.type, depth - 1)}`];
  });
  return `{ __typename ${fields.join(' ')} }`;
}
