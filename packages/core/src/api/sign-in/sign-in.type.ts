import { Field, ObjectType } from 'type-graphql';
import { AccountObject } from '../accounts/account.type.ts';
import { SessionObject } from '../sessions/session.type.ts';
import { UserObject } from '../users/user.type.ts';

@ObjectType({ description: 'A session and, this once, its secret.', simpleResolvers: true })
export class SignInPayload {
  @Field(() => SessionObject, { description: 'The session.' })
  session!: SessionObject;
  @Field(() => String, { description: 'The secret: send it as a bearer token, or keep it in a cookie.' })
  secret!: string;
  @Field(() => UserObject, { description: 'Who signed in.' })
  user!: UserObject;
  @Field(() => AccountObject, { description: 'Into which account.' })
  account!: AccountObject;
}
