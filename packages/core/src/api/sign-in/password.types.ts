import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { UserObject } from '../users/user.type.ts';

@InputType({ description: 'Who wants a link to set their password.' })
export class RequestPasswordResetInput {
  @Field(() => String, { description: 'The e-mail address: the userName, or the primary one of `emails`.' })
  email!: string;
}

@ObjectType({
  description: 'The same whoever asks, and whether or not somebody has the address.',
  simpleResolvers: true,
})
export class RequestPasswordResetPayload {
  @Field(() => Boolean, { description: 'Always true.' })
  accepted!: boolean;
}

@InputType({ description: 'Whom to send a link to set their password.' })
export class SendPasswordResetInput {
  @Field(() => ID, { description: 'Who.' })
  userId!: string;
}

@ObjectType({ description: 'A link is on its way.', simpleResolvers: true })
export class SendPasswordResetPayload {
  @Field(() => UserObject, { description: 'To whom.' })
  user!: UserObject;
  @Field(() => String, { description: 'To which e-mail address.' })
  address!: string;
}

@InputType({ description: 'A password, and the link by which it is set.' })
export class ResetPasswordInput {
  @Field(() => String, { description: 'What stands behind the # of the link: `rc_reset_…`.' })
  token!: string;
  @Field(() => String, { description: 'The password: 12 characters or more, none of the common ones.' })
  password!: string;
}

@ObjectType({ description: 'The password is set.', simpleResolvers: true })
export class ResetPasswordPayload {
  @Field(() => String, { description: 'The userName to sign in with.' })
  userName!: string;
}

@InputType({ description: 'A new password for whoever is signed in.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The present password.' })
  currentPassword!: string;
  @Field(() => String, { description: 'The new one: 12 characters or more, none of the common ones.' })
  password!: string;
}

@ObjectType({ description: 'The password is another one.', simpleResolvers: true })
export class ChangePasswordPayload {
  @Field(() => Boolean, { description: 'Always true.' })
  changed!: boolean;
}
