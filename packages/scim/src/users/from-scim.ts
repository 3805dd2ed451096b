import type { SchemaType } from '@rollcall/graphql-client';
import {
  ENTERPRISE_USER_SCHEMA,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type ResourceTypeDefinition,
  referencedId,
  userResourceType,
} from '@rollcall/scim-protocol';
import { toCustomAttributes } from './custom-attributes.ts';
import { coreTexts, enterpriseTexts, nameParts, toText, toTexts, valueLists } from './user-attributes.ts';

type CreateUserInput = SchemaType<'CreateUserInput'>;
type UpdateUserInput = SchemaType<'UpdateUserInput'>;
type AttributeValueInput = SchemaType<'AttributeValueInput'>;
type AddressInput = SchemaType<'AddressInput'>;

/** What a change of a user says, but of whom and at which version. */
export type UserChange = Omit<UpdateUserInput, 'id' | 'ifVersion'>;

/** A whole user: every attribute is there, with null for what is unassigned. */
export type WholeUser = Omit<CreateUserInput, 'password'> & { password?: string };

/**
 * Reads a parsed User resource, all of it: what it does not have is cleared (RFC 7644 §3.5.1). But `active` that is not
 * said stays, and is true on creation: whoever is locked out is let in again by those alone who say so. A password that is
 * not given stays, since nobody can send it back.
 */
export function toWholeUser(
  resource: JsonObject,
  userType: ResourceTypeDefinition = userResourceType,
): WholeUser {
  const extension = objectAt(resource, ENTERPRISE_USER_SCHEMA);
  const customAttributes = toCustomAttributes(resource, userType);
  return {
    ...(typeof resource.password === 'string' ? { password: resource.password } : {}),
    ...toSingular(resource),
    ...toTexts(resource, coreTexts),
    ...toTexts(extension, enterpriseTexts),
    ...toLists(resource),
    addresses: toAddresses(resource.addresses),
    manager: toManagerReference(objectAt(extension, 'manager')),
    ...(customAttributes === undefined ? {} : { customAttributes }),
  };
}

function toSingular(resource: JsonObject) {
  return {
    userName: toText(resource.userName) ?? '',
    externalId: toText(resource.externalId),
    ...(typeof resource.active === 'boolean' ? { active: resource.active } : {}),
    name: isJsonObject(resource.name) ? toTexts(resource.name, nameParts) : null,
  };
}

function toLists(resource: JsonObject): Record<string, AttributeValueInput[] | null> {
  return Object.fromEntries(
    Object.entries(valueLists).map(([name, field]) => [field, toValues(resource[name])]),
  );
}

/** The elements of an attribute with the default sub-attributes; null when there is none. */
export function toValues(elements: JsonValue | undefined): AttributeValueInput[] | null {
  return toElements(elements, ({ value, display, type, primary }) => ({
    value: toText(value),
    display: toText(display),
    type: toText(type),
    primary: toFlag(primary),
  }));
}

/** The addresses; null when there is none. */
export function toAddresses(elements: JsonValue | undefined): AddressInput[] | null {
  return toElements(elements, (address) => ({
    formatted: toText(address.formatted),
    streetAddress: toText(address.streetAddress),
    locality: toText(address.locality),
    region: toText(address.region),
    postalCode: toText(address.postalCode),
    country: toText(address.country),
    type: toText(address.type),
    primary: toFlag(address.primary),
  }));
}

function toElements<E>(elements: JsonValue | undefined, toElement: (element: JsonObject) => E): E[] | null {
  if (!Array.isArray(elements) || elements.length === 0) return null;
  return elements.filter(isJsonObject).map(toElement);
}

/**
 * Who the manager is: the id in `value`, or at the end of `$ref` when only that is given.
 * @throws ScimError invalidValue for the address of something else than a User
 */
export const toManagerReference = (manager: JsonObject): string | null =>
  referencedId(manager, { where: `${ENTERPRISE_USER_SCHEMA}:manager`, types: ['User'] }) ?? null;

function toFlag(value: JsonValue | undefined): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

function objectAt(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isJsonObject(value) ? value : {};
}
