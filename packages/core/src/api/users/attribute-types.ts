import { InputType, ObjectType } from 'type-graphql';
import { nameParts } from '../../model/user-attributes.ts';
import { declareFields } from '../schema/declare-fields.ts';

const text = (description: string) => ({ description, type: () => String });

const valueParts = {
  value: text('The value itself.'),
  display: text('How the value is to be shown.'),
  type: text('What it is used for, as in "work" or "home".'),
  primary: { description: 'Is it the preferred one? At most one is.', type: () => Boolean },
};

const addressParts = {
  formatted: text('The whole address as it is to be printed.'),
  streetAddress: text('Street, house number, post office box.'),
  locality: text('The city.'),
  region: text('The state or region.'),
  postalCode: text('The postal code.'),
  country: text('The country, in the form of ISO 3166-1 alpha-2.'),
  type: valueParts.type,
  primary: valueParts.primary,
};

const partsOfName = Object.fromEntries(nameParts.map(({ field, description }) => [field, text(description)]));

@ObjectType({ description: 'The parts of a name (RFC 7643 §4.1.1).', simpleResolvers: true })
export class PersonName {}
declareFields(PersonName, partsOfName);

@InputType({ description: 'The parts of a name. A part left out stays as it is; null clears it.' })
export class PersonNameInput {}
declareFields(PersonNameInput, partsOfName);

@ObjectType('AttributeValue', {
  description: 'One value of a multi-valued attribute (RFC 7643 §2.4).',
  simpleResolvers: true,
})
export class AttributeValueObject {}
declareFields(AttributeValueObject, valueParts);

@InputType({ description: 'One value of a multi-valued attribute (RFC 7643 §2.4).' })
export class AttributeValueInput {}
declareFields(AttributeValueInput, valueParts);

@ObjectType('Address', {
  description: 'A physical mailing address (RFC 7643 §4.1.2).',
  simpleResolvers: true,
})
export class AddressObject {}
declareFields(AddressObject, addressParts);

@InputType({ description: 'A physical mailing address (RFC 7643 §4.1.2).' })
export class AddressInput {}
declareFields(AddressInput, addressParts);
