import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import {
  type EmailDomainRecord,
  type EmailDomainStatusName,
  LOST_AFTER_DAYS,
  lostAt,
  statusOf,
} from '../../email-domains/email-domain-record.ts';
import { txtNameOf, txtValueOf } from '../../email-domains/txt-records.ts';
import { declareEnum } from '../schema/enums.ts';
import { Node } from '../schema/node.type.ts';
import { DateTimeScalar } from '../schema/scalars.ts';

const statuses: Record<EmailDomainStatusName, string> = {
  PENDING: 'Its TXT record has not been seen yet.',
  PROVEN: 'The account has it. The DNS is asked again once a day.',
  MISSING: `The TXT record is gone. The domain counts as proven for ${LOST_AFTER_DAYS} days.`,
  LOST: 'The TXT record was gone for too long: it proves nothing any more until the record is there again and is checked.',
};
const EmailDomainStatus = declareEnum('EmailDomainStatus', 'Whether a domain is proven.', statuses);

@ObjectType('EmailDomain', {
  description: 'A domain of e-mail addresses that the account says is its own, and proves by a TXT record.',
  implements: Node,
  simpleResolvers: true,
})
export class EmailDomainObject extends Node {
  @Field(() => String, { description: 'The domain, such as example.com.' })
  name!: string;
  @Field(() => String, { description: 'At which name the TXT record has to be.' })
  txtName!: string;
  @Field(() => String, { description: 'What the TXT record has to say.' })
  txtValue!: string;
  @Field(() => EmailDomainStatus, { description: 'Is it proven?' })
  status!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was proven; null while it is not.' })
  verifiedAt!: Instant | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the DNS last answered.' })
  checkedAt!: Instant | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Since when the TXT record is not there that proved it.',
  })
  missingSince!: Instant | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it is no longer proven if the record stays missing; null unless it is MISSING.',
  })
  lostAt!: Instant | null;
  @Field(() => DateTimeScalar, { description: 'When it was added.' })
  createdAt!: Instant;
}

/** A record as GraphQL shows it. */
export const toEmailDomain = (record: EmailDomainRecord): EmailDomainObject =>
  ({
    __typename: 'EmailDomain',
    id: record.id,
    name: record.name,
    txtName: txtNameOf(record.name),
    txtValue: txtValueOf(record.challenge),
    status: statusOf(record),
    verifiedAt: record.verified_at,
    checkedAt: record.checked_at,
    missingSince: record.missing_since,
    lostAt: lostAt(record),
    createdAt: record.created_at,
  }) as EmailDomainObject;

@InputType({ description: 'A domain to add.' })
export class AddDomainInput {
  @Field(() => String, { description: 'The domain, such as example.com.' })
  name!: string;
}

@InputType({ description: 'A domain of the account.' })
export class DomainInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;
}

@ObjectType({ description: 'A domain after a change.', simpleResolvers: true })
export class EmailDomainPayload {
  @Field(() => EmailDomainObject, { description: 'The domain as it is now.' })
  domain!: EmailDomainObject;
}

@ObjectType({ description: 'A domain after the DNS was asked.', simpleResolvers: true })
export class VerifyDomainPayload extends EmailDomainPayload {
  @Field(() => [String], { description: 'The texts that the DNS has at `txtName`, the first twenty.' })
  found!: readonly string[];
}

@ObjectType({ description: 'A domain is gone.', simpleResolvers: true })
export class RemoveDomainPayload {
  @Field(() => ID, { description: 'The id that it had.' })
  removedId!: string;
}
