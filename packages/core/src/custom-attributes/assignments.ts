import { type DomainError, invalidInput } from '../errors/domain-error.ts';
import { type AttributeInput, type CustomValue, pathOf } from '../model/custom-attribute.ts';
import type { PropertyChange } from '../model/event.ts';
import { checkValue } from './check-value.ts';
import type { AttributeDefinitions } from './definitions.ts';
import type { CustomAttributeRecord } from './find-definitions.ts';

/** One attribute, and its value from now on; null when it is to have none. */
export interface Assignment {
  readonly definition: CustomAttributeRecord;
  readonly value: CustomValue | null;
}

/** What is to become of a person's custom attributes: those named, and what the schemas require of the rest. */
export interface Assignments {
  readonly each: readonly Assignment[];
  readonly required: readonly RequiredAttribute[];
}

/** An attribute that whoever has one of `members` must have (RFC 7643 §6, §7). */
interface RequiredAttribute {
  readonly id: string;
  readonly path: string;
  readonly members: readonly string[];
}

/**
 * What a client's input means by the account's definitions; null clears every attribute. Throws INVALID_INPUT for a
 * name that is not defined, and a value that breaks a rule.
 */
export function toAssignments(
  definitions: AttributeDefinitions,
  inputs: readonly AttributeInput[] | null,
): Assignments {
  if (inputs === null)
    return { each: definitions.all.map((definition) => ({ definition, value: null })), required: [] };
  const assigned = new Map<CustomAttributeRecord, CustomValue | null>();
  for (const { schema, name, value } of inputs) {
    const definition = definitionNamed(definitions, { schema, name }, 'customAttributes');
    if (assigned.has(definition)) throw invalidInput(pathOf(definition), 'is given twice.');
    assigned.set(definition, checkValue(definition, value));
  }
  return {
    each: [...assigned].map(([definition, value]) => ({ definition, value })),
    required: requirementsOf(definitions, new Set([...assigned.keys()].map(({ schema }) => schema))),
  };
}

/** The values that somebody new begins with, and what the event will tell of them. */
export interface FirstValues {
  /** By the id of the definition. */
  readonly values: Readonly<Record<string, CustomValue>>;
  readonly changes: readonly PropertyChange[];
}

/** What a client's input gives somebody new; undefined when that is nothing. Throws as `toAssignments` does. */
export function firstValues(
  definitions: AttributeDefinitions,
  inputs: readonly AttributeInput[] | null | undefined,
): FirstValues | undefined {
  if (inputs == null) return undefined;
  const { each, required } = toAssignments(definitions, inputs);
  const values: Record<string, CustomValue> = {};
  const changes: PropertyChange[] = [];
  for (const { definition, value } of each) {
    if (value === null) continue;
    values[definition.id] = value;
    changes.push({ field: pathOf(definition), before: null, after: value });
  }
  const lacking = required.find(
    ({ id, members }) => !(id in values) && members.some((member) => member in values),
  );
  if (lacking !== undefined) throw lacksRequired(lacking.path);
  return changes.length === 0 ? undefined : { values, changes };
}

/** The attribute of this name. Throws INVALID_INPUT when there is none, or more than one and no schema is named. */
export function definitionNamed(
  definitions: AttributeDefinitions,
  { name, schema }: Pick<AttributeInput, 'name' | 'schema'>,
  field: string,
): CustomAttributeRecord {
  const [definition, ...others] = definitions.named(name, schema);
  const called = schema == null ? name : pathOf({ schema, name });
  if (definition === undefined) throw invalidInput(field, `the account defines no attribute "${called}".`);
  if (others.length === 0) return definition;
  throw invalidInput(field, `several schemas define "${called}". Say which with \`schema\`.`);
}

function requirementsOf(
  { all }: AttributeDefinitions,
  schemas: ReadonlySet<string>,
): readonly RequiredAttribute[] {
  return all
    .filter(({ required, schema }) => required && schemas.has(schema))
    .map((definition) => ({
      id: definition.id,
      path: pathOf(definition),
      members: all.filter(({ schema }) => schema === definition.schema).map(({ id }) => id),
    }));
}

/** The refusal of a person who would lack an attribute. */
export const lacksRequired = (path: string): DomainError =>
  invalidInput(path, 'is required of whoever has an attribute of its schema. Give it a value.');
