import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import type { EmailDomainRecord } from '../../email-domains/email-domain-record.ts';
import { txtNameOf, txtValueOf } from '../../email-domains/txt-records.ts';
import { Node } from '../schema/node.type.ts';
import { DateTimeScalar } from '../schema/scalars.ts';

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
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was proven; null until it is.' })
  verifiedAt!: Instant | null;
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
    verifiedAt: record.verified_at,
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

@ObjectType({ description: 'A domain is gone.', simpleResolvers: true })
export class RemoveDomainPayload {
  @Field(() => ID, { description: 'The id that it had.' })
  removedId!: string;
}
