import {
  GraphQLBoolean,
  GraphQLError,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import type { GraphQLRequestHeaders } from '../client.ts';

/** What a resolver of the schema below can see of the request. */
export interface StaffContext {
  headers: GraphQLRequestHeaders;
}

const DateTime = new GraphQLScalarType({
  name: 'DateTime',
  serialize: (value) => (value instanceof Date ? value.toISOString() : value),
  parseValue(value) {
    const time = new Date(String(value));
    if (Number.isNaN(time.getTime())) throw new GraphQLError('Not a time.');
    return time;
  },
});

const Node = new GraphQLInterfaceType({
  name: 'Node',
  fields: { id: { type: new GraphQLNonNull(GraphQLID) } },
});

const Person: GraphQLObjectType = new GraphQLObjectType({
  name: 'Person',
  interfaces: [Node],
  isTypeOf: () => true,
  fields: () => ({
    id: { type: new GraphQLNonNull(GraphQLID) },
    userName: { type: new GraphQLNonNull(GraphQLString) },
    title: { type: GraphQLString },
    createdAt: { type: DateTime },
    manager: { type: Person, resolve: async () => ({ id: 'm', userName: 'the-manager' }) },
    colleagues: {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Person))),
      args: { first: { type: GraphQLInt, defaultValue: 2 } },
      resolve: (_person, { first }) =>
        Array.from({ length: first }, (_, index) => ({ id: `c${index}`, userName: `colleague-${index}` })),
    },
    broken: {
      type: new GraphQLNonNull(GraphQLString),
      resolve: () => {
        throw new Error('a secret of the inside');
      },
    },
  }),
});

const PersonFilter: GraphQLInputObjectType = new GraphQLInputObjectType({
  name: 'PersonFilter',
  fields: () => ({
    and: { type: new GraphQLList(new GraphQLNonNull(PersonFilter)) },
    not: { type: PersonFilter },
    userName: { type: GraphQLString },
    active: { type: GraphQLBoolean },
    createdAfter: { type: DateTime },
  }),
});

const EmailInput = new GraphQLInputObjectType({
  name: 'EmailInput',
  fields: { value: { type: GraphQLString }, primary: { type: GraphQLBoolean } },
});

const PersonInput = new GraphQLInputObjectType({
  name: 'PersonInput',
  fields: {
    userName: { type: new GraphQLNonNull(GraphQLString) },
    active: { type: new GraphQLNonNull(GraphQLBoolean), defaultValue: true },
    title: { type: GraphQLString },
    startedAt: { type: DateTime },
    emails: { type: new GraphQLList(new GraphQLNonNull(EmailInput)) },
    managerId: { type: GraphQLID },
  },
});

/** Keeps apart what is left out, null and set, as JSON cannot once it is read. */
function describeInput(value: unknown): string {
  return JSON.stringify(value, (_key, inner) => (inner === undefined ? 'undefined' : inner));
}

const Query = new GraphQLObjectType<unknown, StaffContext>({
  name: 'Query',
  fields: {
    person: {
      type: Person,
      args: { id: { type: new GraphQLNonNull(GraphQLID) } },
      resolve: (_root, { id }) =>
        id === 'nobody' ? null : { id, userName: `user-${id}`, createdAt: new Date(0), title: null },
    },
    node: { type: Node, resolve: () => ({ id: 'n', userName: 'a-node' }) },
    echo: {
      type: GraphQLString,
      args: { filter: { type: PersonFilter }, note: { type: GraphQLString } },
      resolve: (_root, args) => describeInput(args),
    },
    headers: { type: GraphQLString, resolve: (_root, _args, context) => JSON.stringify(context.headers) },
    selection: {
      type: GraphQLString,
      resolve: (_root, _args, _context, info) =>
        `${info.parentType.name}.${info.fieldName} of ${info.operation.name?.value} in ${info.schema.getQueryType()?.name}`,
    },
  },
});

const Mutation = new GraphQLObjectType<unknown, StaffContext>({
  name: 'Mutation',
  fields: {
    refuse: {
      type: GraphQLBoolean,
      resolve: async () => {
        throw new GraphQLError('The userName is taken.', {
          extensions: { code: 'ALREADY_EXISTS', field: 'userName', conflictingId: 'p1' },
        });
      },
    },
    write: {
      type: GraphQLString,
      args: { input: { type: new GraphQLNonNull(PersonInput) } },
      resolve: (_root, { input }) => describeInput(input),
    },
    count: { type: GraphQLInt, args: { to: { type: GraphQLInt } }, resolve: (_root, { to }) => to ?? 0 },
  },
});

/** A schema that has one field for each thing the two clients could do differently. */
export const staffSchema = new GraphQLSchema({ query: Query, mutation: Mutation });
