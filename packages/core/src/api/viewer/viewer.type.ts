import { Field, ObjectType } from 'type-graphql';
import { AccountObject } from '../accounts/account.type.ts';
import { PermissionObject } from '../roles/role.type.ts';
import { declareEnum } from '../schema/enums.ts';
import { TokenObject } from '../tokens/token.type.ts';
import { UserObject } from '../users/user.type.ts';

const ViewerKind = declareEnum('ViewerKind', 'Who can ask.', {
  USER: 'A person who signed in.',
  TOKEN: 'A machine with a token.',
  OPERATOR: 'Whoever runs the platform.',
});

@ObjectType('Viewer', { description: 'Who asks, and what they may do.', simpleResolvers: true })
export class ViewerObject {
  @Field(() => ViewerKind, { description: 'Who asks.' })
  kind!: string;
  @Field(() => AccountObject, {
    nullable: true,
    description: 'In which account; null for an operator who named none.',
  })
  account!: AccountObject | null;
  @Field(() => UserObject, {
    nullable: true,
    description: 'The person, when it is one or a token that acts for one.',
  })
  user!: UserObject | null;
  @Field(() => TokenObject, { nullable: true, description: 'The token, when it is one.' })
  token!: TokenObject | null;
  @Field(() => [PermissionObject], { description: 'What they may do.' })
  permissions!: PermissionObject[];
}
