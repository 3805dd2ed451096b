import { InputType } from 'type-graphql';
import { combinations, present } from '../../filters/combinations.ts';
import { listAttributes, nameParts, textAttributes, userName } from '../../model/user-attributes.ts';
import { declareConditions, declareOperators, declarePresence } from '../schema/declare-conditions.ts';
import { BooleanFilter, DateTimeFilter, IDFilter, IntFilter, StringFilter } from '../schema/filter-inputs.ts';
import { CustomAttributeFilterInput } from './custom-attribute-filter.inputs.ts';
import { UserStatus } from './user.type.ts';

const partsOfName = Object.fromEntries(
  nameParts.map(({ field, description }) => [field, { description, type: () => StringFilter }]),
);

@InputType({ description: 'Conditions on the parts of a name; all that is said must hold.' })
export class PersonNameFilter {}
declareOperators(PersonNameFilter, { ...partsOfName, isPresent: present });

@InputType({ description: 'What one value must satisfy, all of it at once.' })
export class AttributeValueMatch {}
declareOperators(AttributeValueMatch, {
  ...combinations(() => AttributeValueMatch),
  value: {
    description: 'The value itself; case counts for photos and certificates.',
    type: () => StringFilter,
  },
  display: { description: 'How it is shown.', type: () => StringFilter },
  type: { description: 'What it is used for.', type: () => StringFilter },
  primary: { description: 'Is it the preferred one?', type: () => BooleanFilter },
});

@InputType({ description: 'A condition on a multi-valued attribute.' })
export class AttributeValueFilter {}
declareOperators(AttributeValueFilter, {
  some: { description: 'One value at least satisfies all of this.', type: () => AttributeValueMatch },
});
declarePresence(AttributeValueFilter);

@InputType({ description: 'What one address must satisfy, all of it at once.' })
export class AddressMatch {}
declareOperators(AddressMatch, {
  ...combinations(() => AddressMatch),
  formatted: { description: 'The whole address.', type: () => StringFilter },
  streetAddress: { description: 'Street and house number.', type: () => StringFilter },
  locality: { description: 'The city.', type: () => StringFilter },
  region: { description: 'The state or region.', type: () => StringFilter },
  postalCode: { description: 'The postal code.', type: () => StringFilter },
  country: { description: 'The country.', type: () => StringFilter },
  type: { description: 'What it is used for.', type: () => StringFilter },
  primary: { description: 'Is it the preferred one?', type: () => BooleanFilter },
});

@InputType({ description: 'A condition on addresses.' })
export class AddressFilter {}
declareOperators(AddressFilter, {
  some: { description: 'One address at least satisfies all of this.', type: () => AddressMatch },
});
declarePresence(AddressFilter);

@InputType('TeamMatch', { description: 'What a team must satisfy.' })
export class TeamMatchInput {}
declareOperators(TeamMatchInput, {
  ...combinations(() => TeamMatchInput),
  id: { description: 'Its id.', type: () => IDFilter },
  displayName: { description: 'Its name, without regard to case.', type: () => StringFilter },
});

@InputType({ description: 'A condition on the teams a person is in.' })
export class UserTeamsFilter {}
declareOperators(UserTeamsFilter, {
  some: { description: 'One team at least satisfies all of this.', type: () => TeamMatchInput },
  isPresent: present,
});

@InputType('UserFilter', { description: 'Conditions on a person; all that is said must hold.' })
export class UserFilterInput {}
declareOperators(
  UserFilterInput,
  combinations(() => UserFilterInput),
);
declareConditions(
  UserFilterInput,
  { requires: 'users:read', looksAt: 'column' },
  {
    id: { description: 'The id.', type: () => IDFilter },
    userName: { description: userName.description, type: () => StringFilter },
    active: { description: 'Is the status ACTIVE?', type: () => BooleanFilter },
    status: {
      description: 'The status. People who are DEPROVISIONED are listed only when it is said here.',
      type: () => UserStatus,
    },
    name: { description: 'The parts of the name.', type: () => PersonNameFilter },
    ...Object.fromEntries(
      textAttributes.map(({ field, description }) => [field, { description, type: () => StringFilter }]),
    ),
    managerId: { description: 'Who the person reports to.', type: () => IDFilter },
    managerReference: {
      description: 'The manager as `managerReference` shows them; case counts.',
      type: () => StringFilter,
    },
    version: { description: 'The version.', type: () => IntFilter },
    createdAt: { description: 'When the person was first provisioned.', type: () => DateTimeFilter },
    updatedAt: { description: 'When the person last changed.', type: () => DateTimeFilter },
  },
);
declareConditions(
  UserFilterInput,
  { requires: 'users:read', looksAt: 'search' },
  {
    search: { description: 'A part of a name or userName, or a whole e-mail address.', type: () => String },
  },
);
declareConditions(
  UserFilterInput,
  { requires: 'users:read', looksAt: 'list' },
  {
    ...Object.fromEntries(
      listAttributes.map(({ field, kind, description }) => [
        field,
        { description, type: () => (kind === 'addresses' ? AddressFilter : AttributeValueFilter) },
      ]),
    ),
    customAttribute: {
      description: 'An attribute that the account defined; several go together by `and`.',
      type: () => CustomAttributeFilterInput,
    },
  },
);
declareConditions(
  UserFilterInput,
  { requires: 'users:read', looksAt: 'rows' },
  {
    externalId: {
      description: "What the viewer's connection calls the person; case counts.",
      type: () => StringFilter,
    },
    managerDisplayName: {
      description: 'The display name of who the person reports to.',
      type: () => StringFilter,
    },
  },
);
declareConditions(
  UserFilterInput,
  { requires: 'teams:read', looksAt: 'rows' },
  {
    teams: { description: 'The teams the person is in.', type: () => UserTeamsFilter },
  },
);
declareConditions(
  UserFilterInput,
  { requires: 'roles:read', looksAt: 'rows' },
  {
    roleId: {
      description:
        'The roles granted to the person, default roles aside: one of them is it; `notEquals`: none is.',
      type: () => IDFilter,
    },
  },
);
