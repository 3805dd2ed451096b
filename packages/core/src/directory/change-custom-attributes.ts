import { sql } from 'kysely';
import {
  checkAttributeName,
  checkCanonicalValues,
  checkCharacteristics,
  checkPaths,
  checkSchema,
  isCaseExact,
  MAX_CUSTOM_ATTRIBUTES,
} from '../custom-attributes/definition-rules.ts';
import { toDefinitions } from '../custom-attributes/definitions.ts';
import { findDefinitions } from '../custom-attributes/find-definitions.ts';
import { CUSTOM_ATTRIBUTES_CHANNEL } from '../custom-attributes/known-definitions.ts';
import { clearValues, rebuildKeys } from '../custom-attributes/stored-values.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { DomainError } from '../errors/domain-error.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import { CustomAttribute } from '../model/custom-attribute.entity.ts';
import {
  type CustomAttributeTypeName,
  DEFAULT_SCHEMA,
  pathOf,
  type UniquenessName,
} from '../model/custom-attribute.ts';
import type { Authorship, PropertyChange } from '../model/event.ts';
import { refuseTeamAttribute } from '../org-structure/settings/chosen-attribute.ts';
import { checkDescription } from '../text/text-rules.ts';
import { newId } from '../text/uuid.ts';

/** What can be changed of a definition. Left out = stays as it is. */
export interface DefinitionProperties {
  name?: string | null;
  description?: string | null;
  required?: boolean | null;
  caseExact?: boolean | null;
  canonicalValues?: string[] | null;
  uniqueness?: UniquenessName | null;
  indexed?: boolean | null;
}

/** A definition to be made. Its schema, type and number of values are for good: other values would not fit them. */
export interface NewDefinition extends DefinitionProperties {
  schema?: string | null;
  type: CustomAttributeTypeName;
  multiValued?: boolean | null;
}

/** Defines an attribute. Throws INVALID_INPUT, ALREADY_EXISTS, LIMIT_EXCEEDED. */
export function createCustomAttribute(
  work: Work,
  authorship: Authorship,
  input: NewDefinition,
): Promise<CustomAttribute> {
  const { accountId } = authorship;
  const schema = checkSchema(input.schema ?? DEFAULT_SCHEMA);
  const definition = {
    accountId,
    id: newId(),
    name: checkAttributeName(input.name),
    type: input.type,
    multiValued: input.multiValued ?? false,
    required: input.required ?? false,
    caseExact: isCaseExact(input.type, input.caseExact ?? false),
    canonicalValues: checkCanonicalValues(input.canonicalValues, input.type),
    uniqueness: input.uniqueness ?? 'NONE',
    indexed: input.indexed ?? false,
    description: checkDescription(input.description),
    createdAt: new Date(),
  };
  checkCharacteristics(definition);
  return work.transaction(async (scope) => {
    const { definitions: others } = await hold(scope, accountId, { definitions: true });
    if (others.length >= MAX_CUSTOM_ATTRIBUTES) throw tooMany;
    checkPaths({ ...definition, schema }, others);
    const attribute = scope.em.create(CustomAttribute, { ...definition, schema: spelledAs(others, schema) });
    await scope.em.flush();
    const changes = changedProperties({}, attribute);
    await tell(scope, authorship, { type: 'CUSTOM_ATTRIBUTE_CREATED', attribute, changes });
    return attribute;
  });
}

/**
 * Changes a definition; what filters find values by is made anew where it no longer fits.
 * Throws NOT_FOUND, INVALID_INPUT, and ALREADY_EXISTS where values are to be unique that are not.
 */
export function updateCustomAttribute(
  work: Work,
  authorship: Authorship,
  { id, ...input }: DefinitionProperties & { id: string },
): Promise<CustomAttribute> {
  return work.transaction(async (scope) => {
    const held = await hold(scope, authorship.accountId, { definitions: true });
    const attribute = held.definition(id);
    const before = { ...attribute };
    if (input.name !== undefined) {
      attribute.name = checkAttributeName(input.name);
      checkPaths(attribute, held.definitions);
    }
    if (input.description !== undefined) attribute.description = checkDescription(input.description);
    if (input.required != null) attribute.required = input.required;
    if (input.caseExact != null) attribute.caseExact = isCaseExact(attribute.type, input.caseExact);
    if (input.canonicalValues !== undefined)
      attribute.canonicalValues = checkCanonicalValues(input.canonicalValues, attribute.type);
    if (input.uniqueness != null) attribute.uniqueness = input.uniqueness;
    if (input.indexed != null) attribute.indexed = input.indexed;
    checkCharacteristics(attribute);
    const changes = changedProperties(before, attribute);
    if (changes.length === 0) return attribute;
    await scope.em.flush();
    if (changes.some(({ field }) => shapesKeys.has(field))) await rebuildKeys(scope.sql, attribute);
    await tell(scope, authorship, { type: 'CUSTOM_ATTRIBUTE_UPDATED', attribute, changes });
    return attribute;
  });
}

/** Deletes a definition, and everybody's values with it. Throws NOT_FOUND, and INVALID_INPUT while teams are made from it. */
export async function deleteCustomAttribute(work: Work, authorship: Authorship, id: string): Promise<void> {
  await work.transaction(async (scope) => {
    await refuseTeamAttribute(scope.sql, authorship.accountId, id);
    const attribute = (await hold(scope, authorship.accountId, { definitions: true })).definition(id);
    await clearValues(scope.sql, authorship, attribute);
    scope.em.remove(attribute);
    await scope.em.flush();
    await tell(scope, authorship, { type: 'CUSTOM_ATTRIBUTE_DELETED', attribute, changes: [] });
  });
}

/** What the keys of the stored values depend on. */
const shapesKeys: ReadonlySet<string> = new Set(['caseExact', 'uniqueness', 'indexed']);

const tooMany = new DomainError(
  'LIMIT_EXCEEDED',
  `An account defines at most ${MAX_CUSTOM_ATTRIBUTES} attributes. Delete one first.`,
  { limit: MAX_CUSTOM_ATTRIBUTES },
);

/** A URN means the same in any case, and is shown as it was first written. */
function spelledAs(others: readonly CustomAttribute[], schema: string): string {
  return others.find((other) => other.schema.toLowerCase() === schema.toLowerCase())?.schema ?? schema;
}

const told = [
  'schema',
  'name',
  'type',
  'multiValued',
  'required',
  'caseExact',
  'canonicalValues',
  'uniqueness',
  'indexed',
  'description',
] as const;

function changedProperties(before: Partial<CustomAttribute>, after: CustomAttribute): PropertyChange[] {
  return told
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

interface Told {
  readonly type: 'CUSTOM_ATTRIBUTE_CREATED' | 'CUSTOM_ATTRIBUTE_UPDATED' | 'CUSTOM_ATTRIBUTE_DELETED';
  readonly attribute: CustomAttribute;
  readonly changes: readonly PropertyChange[];
}

/** Logs the change, and has every process look the definitions up again. */
async function tell(
  { sql: db }: TransactionScope,
  authorship: Authorship,
  { type, attribute, changes }: Told,
): Promise<void> {
  const subject = { type: 'CUSTOM_ATTRIBUTE', id: attribute.id, label: pathOf(attribute) } as const;
  await recordEvent(authorship, { type, subject, changes }).execute(db);
  const { version } = toDefinitions(await findDefinitions(db, authorship.accountId));
  const notice = [authorship.accountId, ...(version === null ? [] : [version])].join(' ');
  await sql`SELECT pg_notify(${CUSTOM_ATTRIBUTES_CHANNEL}, ${notice})`.execute(db);
}
