import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { OrgProblemKindName } from '../../org-structure/problems/org-problem.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { declareEnum } from '../schema/enums.ts';
import { pageType } from '../schema/page-type.ts';

const kindDescriptions: Record<OrgProblemKindName, string> = {
  MANAGER_UNKNOWN: 'Nobody in the account answers to the manager that was named.',
  MANAGER_INACTIVE: 'The manager is switched off.',
  SELF_MANAGER: 'The person reports to themselves.',
  CYCLE: 'People report to each other in a cycle.',
  NO_MANAGER: 'The person has no manager, though another is at the top with more people below.',
  NO_DEPARTMENT: 'The attribute that says the department is empty.',
  DEPARTMENT_SPELLINGS: 'One department is written in several ways.',
  DEPARTMENT_CYCLE: 'Departments are above each other in a cycle.',
  NAME_CLASH: 'Several teams claim one name.',
};
export const OrgProblemKind = declareEnum(
  'OrgProblemKind',
  'What can be wrong with departments and managers.',
  kindDescriptions,
);

@ObjectType('OrgProblem', {
  description: 'Something about departments and managers that somebody should look at.',
})
export class OrgProblemObject {
  @Field(() => OrgProblemKind, { description: 'What is wrong.', simple: true })
  kind!: string;
  @Field(() => String, { description: 'Whom or what it is about, as it is called.', simple: true })
  label!: string;
  @Field(() => String, { description: 'Who and why, and the way out.', simple: true })
  explanation!: string;
  @Field(() => [ID], {
    description: 'Everybody concerned, at most a hundred; of a cycle in order, each before their manager.',
    simple: true,
  })
  userIds!: readonly string[];
}

@ObjectType({ description: 'How many problems of a kind there are.', simpleResolvers: true })
class OrgProblemCount {
  @Field(() => OrgProblemKind, { description: 'The kind.' })
  kind!: string;
  @Field(() => Int, { description: 'How many there are of it.' })
  count!: number;
}

export const OrgProblemPage = pageType('OrgProblem', () => OrgProblemObject);
declareFields(OrgProblemPage, {
  counts: {
    description: 'How many there are of each kind, whichever kinds are listed.',
    type: () => [OrgProblemCount],
    nullable: false,
  },
});
