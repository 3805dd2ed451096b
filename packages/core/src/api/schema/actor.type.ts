import { Field, ID, ObjectType } from 'type-graphql';
import type { ActorKindName } from '../../model/event.ts';
import { declareEnum } from './enums.ts';

const actorDescriptions: Record<ActorKindName, string> = {
  USER: 'A person who had signed in.',
  TOKEN: 'A machine with a token.',
  OPERATOR: 'Whoever runs the platform.',
  SYSTEM: 'The platform itself.',
};
const ActorKind = declareEnum('ActorKind', 'Who can do something.', actorDescriptions);

@ObjectType('Actor', { description: 'Who did it, as they were called then.', simpleResolvers: true })
export class ActorObject {
  @Field(() => ActorKind, { description: 'What kind of actor.' })
  kind!: string;
  @Field(() => ID, { nullable: true, description: 'The id of the person or token.' })
  id!: string | null;
  @Field(() => String, { description: 'The name at that time.' })
  name!: string;
}
