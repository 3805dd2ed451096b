import {
  Arg,
  buildSchemaSync,
  Field,
  FieldResolver,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { expect, test } from 'vitest';
import { graphqlSchema, guarded } from '../api/build-schema.ts';
import { Requires } from '../api/schema/requires.ts';

@ObjectType()
class Thing {
  @Field(() => String)
  name!: string;
}

@Resolver(() => Thing)
class ThingResolver {
  @Query(() => Thing)
  @Requires('users:read')
  guardedQuery(): Thing {
    return { name: 'a thing' };
  }

  @Query(() => Thing)
  openQuery(): Thing {
    return { name: 'a thing' };
  }

  @Mutation(() => Boolean)
  openMutation(@Arg('id', () => String) id: string): boolean {
    return id !== '';
  }

  @FieldResolver(() => String)
  openField(@Root() { name }: Thing): string {
    return name;
  }
}

test('a resolver that names no permission stops the start, and is named', () => {
  const schema = buildSchemaSync({
    resolvers: [ThingResolver],
    validate: false,
    pubSub: { publish: () => undefined, subscribe: () => emptyFeed },
  });
  expect(() => guarded(schema)).toThrow(
    'These resolvers name no permission: Query.openQuery, Mutation.openMutation, Thing.openField. Add @Requires.',
  );
});

const emptyFeed: AsyncIterable<never> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
};

test('everything that the contract has is behind a requirement', () => {
  expect(graphqlSchema().getQueryType()?.getFields().users?.extensions.requires).toBe('users:read');
});
