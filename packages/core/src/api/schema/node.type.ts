import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType({
  description: 'Anything with an id of its own; `node(id:)` finds it.',
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class Node {
  @Field(() => ID, { description: 'A UUID, the same for as long as the object exists.' })
  id!: string;
}
