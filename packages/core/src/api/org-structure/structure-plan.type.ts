import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { PlanItem, StructurePlan } from '../../org-structure/rehearse/structure-plan.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { OrgStructureObject } from './org-structure.type.ts';

@ObjectType({ description: 'One team of a plan.', simpleResolvers: true })
class OrgPlanItem {
  @Field(() => ID, { nullable: true, description: 'The team as it is; null when it is to come.' })
  teamId!: string | null;
  @Field(() => String, { description: 'The name it will have, or had.' })
  name!: string;
  @Field(() => String, {
    nullable: true,
    description: 'What it was: its name, its parent, or the spellings.',
  })
  before!: string | null;
  @Field(() => String, { nullable: true, description: 'What it will be; null when there will be nothing.' })
  after!: string | null;
}

@ObjectType({ description: 'Teams that fare alike.', simpleResolvers: true })
class OrgPlanPart {
  @Field(() => Int, { description: 'How many.' })
  count!: number;
  @Field(() => [OrgPlanItem], { description: 'Some of them by name, at most fifty.' })
  examples!: readonly PlanItem[];
}

@ObjectType({ description: 'What becomes of the teams.', simpleResolvers: true })
export class OrgStructurePlan {
  @Field(() => Int, { description: 'How many people come to be in other teams than now.' })
  personMoves!: number;
}
const part = (description: string) => ({ description, type: () => OrgPlanPart, nullable: false });
declareFields(OrgStructurePlan, {
  created: part('New teams; `after` is the parent.'),
  renamed: part('Teams with another name: from `before` to `after`.'),
  moved: part('Teams under another parent: from `before` to `after`; null is the top.'),
  adopted: part(
    'Teams made by hand that have the name already: they are kept, and follow people from then on.',
  ),
  merged: part(
    'What comes together in one team: several spellings of a department (`before` lists them), or teams (`before`) whose people all go to that one.',
  ),
  removed: part('Teams that end. Where `after` is set they were adopted, and go on as teams made by hand.'),
} satisfies Record<Exclude<keyof StructurePlan, 'personMoves'>, unknown>);

@ObjectType({ description: 'The structure as decided, and what it means.', simpleResolvers: true })
export class UpdateOrgStructurePayload {
  @Field(() => OrgStructureObject, { description: 'The structure.' })
  orgStructure!: OrgStructureObject;
  @Field(() => OrgStructurePlan, {
    description:
      'What becomes of the teams; worked out only when asked for. With the header `rollcall-dry-run: true` nothing else happens.',
  })
  plan!: StructurePlan | null;
}
