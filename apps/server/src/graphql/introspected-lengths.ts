import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** How many objects a field of the introspection gives, by its type and name. */
type Lengths = ReadonlyMap<string, number>;

const known = new WeakMap<GraphQLSchema, Lengths>();

/** How many objects a field of the introspection gives on the average; undefined for every other field. */
export function meanLength(
  schema: GraphQLSchema,
  parent: GraphQLNamedType | undefined,
  field: string,
): number | undefined {
  if (parent?.name.startsWith('__') !== true) return undefined;
  const lengths = known.get(schema) ?? lengthsOf(schema);
  known.set(schema, lengths);
  return lengths.get(`${parent.name}.${field}`) ?? 1;
}

/** Most types are wrapped once or twice, and nothing is inside the last wrapping. */
const WRAPPINGS = 0.6;

function lengthsOf(schema: GraphQLSchema): Lengths {
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  );
  const perType = (count: number) => count / types.length;
  const args = fields.flatMap((field) => field.args);
  return new Map([
    ['__Schema.types', types.length],
    ['__Schema.directives', schema.getDirectives().length],
    ['__Type.fields', perType(fields.length)],
    [
      '__Type.inputFields',
      perType(sum(types, (type) => (isInputObjectType(type) ? Object.keys(type.getFields()).length : 0))),
    ],
    ['__Type.enumValues', perType(sum(types, (type) => (isEnumType(type) ? type.getValues().length : 0)))],
    [
      '__Type.interfaces',
      perType(sum(types, (type) => (isObjectType(type) ? type.getInterfaces().length : 0))),
    ],
    [
      '__Type.possibleTypes',
      perType(sum(types, (type) => (isInterfaceType(type) ? schema.getPossibleTypes(type).length : 0))),
    ],
    ['__Type.ofType', WRAPPINGS],
    ['__Field.args', args.length / fields.length],
  ]);
}

const sum = <Item>(items: readonly Item[], count: (item: Item) => number): number =>
  items.reduce((total, item) => total + count(item), 0);
