import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import type { SignInTestRecord } from '../../sign-in-tests/sign-in-tests.ts';
import type { SingleSignOnRefusal } from '../../single-sign-on/refusals.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { declareEnum } from '../schema/enums.ts';
import { DateTimeScalar } from '../schema/scalars.ts';

/** What a sign-in passes, in the order in which it does. */
type CheckName = 'REACHED' | 'ANSWERED' | 'TRUSTED' | 'MEANT' | 'ACTIVE';

const checks: Record<CheckName, string> = {
  REACHED: 'The provider can be asked.',
  ANSWERED: 'It sent the browser back, and says who signed in.',
  TRUSTED: 'What it said is meant for this sign-in, is signed by it, and is not too old.',
  MEANT: 'It is somebody here, by a link or by the rule.',
  ACTIVE: 'That person is active.',
};
const SignInCheckName = declareEnum('SignInCheckName', 'What a sign-in passes.', checks);

const failing: Record<SingleSignOnRefusal, CheckName> = {
  CONNECTION: 'REACHED',
  REQUEST: 'REACHED',
  PROVIDER_UNREACHABLE: 'REACHED',
  NOT_BEGUN: 'ANSWERED',
  PROVIDER_REFUSED: 'ANSWERED',
  PROVIDER_ANSWER: 'TRUSTED',
  NOBODY: 'MEANT',
  NOT_ACTIVE: 'ACTIVE',
  SECOND_FACTOR: 'ACTIVE',
  ENDED: 'ACTIVE',
  OTHER_PERSON: 'MEANT',
  NOT_ANEW: 'TRUSTED',
  WRONG_CONTEXT: 'TRUSTED',
};

const foundBy: Record<NonNullable<SignInTestRecord['foundBy']>, string> = {
  LINK: 'A link that is there already.',
  EXTERNAL_ID: 'The rule EXTERNAL_ID, which would link them.',
  VERIFIED_EMAIL: 'The rule VERIFIED_EMAIL, which would link them.',
  NONE: 'Nothing.',
};
const SignInFoundBy = declareEnum('SignInFoundBy', 'By what somebody is found who signs in.', foundBy);

@ObjectType('SignInCheck', { description: 'One of the checks of a sign-in.', simpleResolvers: true })
export class SignInCheckObject {
  @Field(() => SignInCheckName, { description: 'Which.' })
  name!: string;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Did it pass? Null where it was not come to.',
  })
  passed!: boolean | null;
}

@ObjectType('SignInClaim', { description: 'A claim or attribute that arrived.', simpleResolvers: true })
export class SignInClaimObject {
  @Field(() => String, { description: 'Its name.' })
  name!: string;
  @Field(() => String, { nullable: true, description: 'Its value as JSON; null where it is not shown.' })
  value!: string | null;
}

@ObjectType('SignInTest', {
  description: 'What a sign-in would have come to. It signed nobody in, linked nobody and created nobody.',
  simpleResolvers: true,
})
export class SignInTestObject {
  readonly record!: SignInTestRecord;
  @Field(() => ID, { description: 'The id.' })
  id!: string;
  @Field(() => [SignInCheckObject], { description: 'The checks in their order.' })
  checks!: readonly SignInCheckObject[];
  @Field(() => String, { nullable: true, description: 'What the check that failed says.' })
  problem!: string | null;
  @Field(() => String, { nullable: true, description: 'How the provider calls the person.' })
  subject!: string | null;
  @Field(() => [SignInClaimObject], {
    description: 'What arrived, without tokens; none where it was not trusted.',
  })
  claims!: readonly SignInClaimObject[];
  @Field(() => [String], {
    nullable: true,
    description: 'The values of the groups claim; null where none are kept, or none came.',
  })
  groups!: readonly string[] | null;
  @Field(() => String, {
    nullable: true,
    description: 'In a sentence, why groups of the person are not known.',
  })
  groupsProblem!: string | null;
  @Field(() => SignInFoundBy, {
    nullable: true,
    description: 'By what the person is found, or would be created.',
  })
  foundBy!: string | null;
  @Field(() => String, { nullable: true, description: 'The userName of whoever would be created.' })
  creates!: string | null;
  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Instant;
  @Field(() => DateTimeScalar, { description: 'Until when it is kept.' })
  expiresAt!: Instant;
}

/** A record as GraphQL shows it. */
export function toSignInTest(record: SignInTestRecord): SignInTestObject {
  const { id, refusal, subject, claims, groups, groupsProblem, creates, createdAt, expiresAt } = record;
  const names = Object.keys(checks) as CheckName[];
  const failed = refusal === null ? names.length : names.indexOf(failing[refusal.reason]);
  return {
    record,
    id,
    checks: names.map((name, place) => ({ name, passed: place > failed ? null : place < failed })),
    problem: refusal?.detail ?? null,
    subject,
    claims,
    groups,
    groupsProblem,
    foundBy: record.foundBy,
    creates,
    createdAt,
    expiresAt,
  };
}

@InputType({ description: 'A sign-in connection to test.' })
export class BeginSignInTestInput {
  @Field(() => ID, { description: 'Which; it can be switched off.' })
  signInConnectionId!: string;
}
declareFields(BeginSignInTestInput, {
  browserSecret: { description: 'What the browser got when it began before.', type: () => String },
});

@ObjectType({ description: 'Where the result of a test is shown.', simpleResolvers: true })
export class FinishSignInTestPayload {
  @Field(() => String, { description: 'A path within the pages of the admin.' })
  returnPath!: string;
}
