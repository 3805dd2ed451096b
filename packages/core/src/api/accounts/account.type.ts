import { Field, InputType, ObjectType } from 'type-graphql';
import type { AccountRecord } from '../../accounts/find-accounts.ts';
import type { Instant } from '../../database/columns.ts';
import type { RegionName } from '../../model/account.entity.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { declareEnum } from '../schema/enums.ts';
import { Node } from '../schema/node.type.ts';
import { pageType } from '../schema/page-type.ts';
import { RoleSource } from '../schema/role-source.ts';
import { DateTimeScalar } from '../schema/scalars.ts';
import { UserObject } from '../users/user.type.ts';

const regionDescriptions: Record<RegionName, string> = {
  EU: 'European Union.',
  US: 'United States.',
  ASIA: 'Asia.',
  SA: 'South America.',
};
const Region = declareEnum('Region', 'The data centre an account lives in.', regionDescriptions);

@ObjectType('Account', {
  description: 'A customer of the platform: the wall around everything else.',
  implements: Node,
  simpleResolvers: true,
})
export class AccountObject extends Node {
  @Field(() => String, { description: 'The name.' })
  name!: string;
  @Field(() => Region, { description: 'The data centre it lives in.' })
  region!: string;
  @Field(() => RoleSource, { description: 'Where the roles of its people come from.' })
  roleSource!: string;
  @Field(() => DateTimeScalar, { description: 'When it was created.' })
  createdAt!: Instant;
}

export const AccountPage = pageType('Account', () => AccountObject);

/** A record as GraphQL shows it. */
export const toAccount = (record: AccountRecord): AccountObject =>
  ({
    __typename: 'Account',
    id: record.id,
    name: record.name,
    region: record.region,
    roleSource: record.role_source,
    createdAt: record.created_at,
  }) as AccountObject;

@InputType({ description: 'An account to create.' })
export class CreateAccountInput {
  @Field(() => String, { description: 'The name.' })
  name!: string;
  @Field(() => Region, { defaultValue: Region.EU, description: 'The data centre it is to live in.' })
  region!: string;
  @Field(() => String, { description: 'The e-mail address of its first admin, who signs in with it.' })
  adminEmail!: string;
}
declareFields(CreateAccountInput, {
  adminName: { description: 'The name of its first admin.', type: () => String },
});

@ObjectType({ description: 'An account and how its admin signs in.', simpleResolvers: true })
export class CreateAccountPayload {
  @Field(() => AccountObject, { description: 'The account.' })
  account!: AccountObject;
  @Field(() => UserObject, { description: 'Its first admin.' })
  admin!: UserObject;
  @Field(() => String, {
    description: "The admin's password. It is kept as a digest only and never shown again.",
  })
  adminPassword!: string;
}
