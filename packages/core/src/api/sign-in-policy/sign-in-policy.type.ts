import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { SecondFactorPolicy } from '../../model/account.entity.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { declareEnum } from '../schema/enums.ts';

const policyDescriptions: Record<SecondFactorPolicy, string> = {
  OPTIONAL: 'From those who have set one up, after their password.',
  WITH_PASSWORD:
    'From everybody who signs in by their password. Whoever has none sets one up first, and can do nothing else until then.',
  ALWAYS:
    'From everybody: also who signs in by a sign-in connection is refused unless the provider says that it asked for one.',
};
const SecondFactorPolicyEnum = declareEnum(
  'SecondFactorPolicy',
  'From whom a second factor is asked.',
  policyDescriptions,
);

@ObjectType('SignInPolicy', {
  description: 'What the account asks of people who sign in, and before they do what is dangerous.',
  simpleResolvers: true,
})
export class SignInPolicyObject {
  @Field(() => SecondFactorPolicyEnum, { description: 'From whom a second factor is asked.' })
  secondFactor!: string;
  @Field(() => Boolean, {
    description:
      'Is a proof of the last ten minutes asked for before tokens are issued, roles given, sessions ended and sign-in connections changed? Before people change their own second factors it always is.',
  })
  stepUp!: boolean;
}

@InputType({ description: 'What is to be another; what is left out stays as it is.' })
export class UpdateSignInPolicyInput {}
declareFields(UpdateSignInPolicyInput, {
  secondFactor: { description: 'From whom a second factor is asked.', type: () => SecondFactorPolicyEnum },
  stepUp: { description: 'Is a proof of late asked for before what is dangerous?', type: () => Boolean },
  evenIfIHaveNone: {
    description:
      'Also where whoever asks has no second factor and would have to set one up to sign in again.',
    type: () => Boolean,
  },
});

@ObjectType({ description: 'The policy from now on.', simpleResolvers: true })
export class UpdateSignInPolicyPayload {
  @Field(() => SignInPolicyObject, { description: 'The policy.' })
  policy!: SignInPolicyObject;
  @Field(() => [ID], {
    description: 'The sessions that ended: of people who signed in by a password and have no second factor.',
  })
  endedSessionIds!: readonly string[];
}
