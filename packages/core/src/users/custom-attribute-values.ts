import type { AttributeDefinitions } from '../custom-attributes/definitions.ts';
import type { CustomValue } from '../model/custom-attribute.ts';
import type { UserRecord } from './user-record.ts';

/** An attribute of a person by its name, and its value. */
export interface NamedValue {
  readonly schema: string;
  readonly name: string;
  readonly value: CustomValue;
}

type StoredValues = NonNullable<UserRecord['custom_attributes']>;

/** The values as GraphQL shows them, in the order in which the attributes were defined. */
export function toCustomAttributeValues(values: StoredValues, { all }: AttributeDefinitions): NamedValue[] {
  return all.flatMap(({ id, schema, name }) => {
    const value = values[id];
    return value === undefined ? [] : [{ schema, name, value }];
  });
}
