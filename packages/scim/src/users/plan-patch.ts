import { isDeepStrictEqual } from 'node:util';
import {
  applyPatch,
  type DirectUpdate,
  ENTERPRISE_USER_SCHEMA,
  type JsonObject,
  type JsonValue,
  type PatchOperation,
  type ResourceTypeDefinition,
  toDirectUpdate,
  userResourceType,
} from '@rollcall/scim-protocol';
import { type CustomAttributeInput, changedCustomAttributes, customChange } from './custom-attributes.ts';
import { toAddresses, toManagerReference, toValues, toWholeUser, type UserChange } from './from-scim.ts';
import { nameParts, textPaths, toText, valueLists } from './user-attributes.ts';

type Change = (value: JsonValue) => UserChange;

/** What setting the attribute at a path changes; null unassigns it. */
const changes: Record<string, Change> = {
  userName: (value) => ({ userName: toText(value) }),
  externalId: (value) => ({ externalId: toText(value) }),
  active: (value) => (typeof value === 'boolean' ? { active: value } : {}),
  password: (value) => ({ password: toText(value) }),
  addresses: (value) => ({ addresses: toAddresses(value) }),
  ...Object.fromEntries(textPaths.map(([path, field]) => [path, (value) => ({ [field]: toText(value) })])),
  ...Object.fromEntries(
    nameParts.map((part) => [`name.${part}`, (value) => ({ name: { [part]: toText(value) } })]),
  ),
  ...Object.fromEntries(
    Object.entries(valueLists).map(([name, field]) => [name, (value) => ({ [field]: toValues(value) })]),
  ),
};

const managerValue = `${ENTERPRISE_USER_SCHEMA}:manager.value`;
const managerAddress = `${ENTERPRISE_USER_SCHEMA}:manager.$ref`;

/** Plans a PATCH that needs no reading (RFC 7644 §3.5.2): the one change that all of its operations make together. */
export function planDirectUpdate(
  update: DirectUpdate,
  userType: ResourceTypeDefinition = userResourceType,
): UserChange {
  const planned: UserChange = {};
  const customAttributes: CustomAttributeInput[] = [];
  for (const [path, value] of update) {
    const change = changes[path]?.(value);
    if (change === undefined) customAttributes.push(...customChange(path, value, userType));
    else if (change.name != null) planned.name = { ...planned.name, ...change.name };
    else Object.assign(planned, change);
  }
  if (update.has(managerValue) || update.has(managerAddress)) {
    planned.manager = toManagerReference(managerOf(update));
  }
  if (customAttributes.length > 0) planned.customAttributes = customAttributes;
  return planned;
}

function managerOf(update: DirectUpdate): JsonObject {
  return { value: update.get(managerValue) ?? null, $ref: update.get(managerAddress) ?? null };
}

/** Plans a PATCH from the user as read (RFC 7644 §3.5.2); undefined when there is nothing to change. */
export function planComputedUpdate(
  before: JsonObject,
  operations: readonly PatchOperation[],
  userType: ResourceTypeDefinition = userResourceType,
): UserChange | undefined {
  const after = applyPatch(before, operations, userType);
  const neverRead = operations.filter(({ target }) => target.attribute.mutability === 'writeOnly');
  if (after === before && neverRead.length === 0) return undefined;
  return { ...planUserDifference(before, after, userType), ...planNeverRead(neverRead, userType) };
}

/** Whether there was a password can't be read, so that its removal makes no difference to see: the operations alone tell. */
function planNeverRead(operations: readonly PatchOperation[], userType: ResourceTypeDefinition): UserChange {
  const update = toDirectUpdate(operations);
  return update === undefined ? {} : planDirectUpdate(update, userType);
}

/** Plans the change that leads from one state of a User resource to another. */
export function planUserDifference(
  before: JsonObject,
  after: JsonObject,
  userType: ResourceTypeDefinition = userResourceType,
): UserChange {
  const old = toWholeUser(before, userType);
  const was = new Map<string, unknown>(Object.entries(old));
  const { customAttributes, ...rest } = toWholeUser(after, userType);
  const changed = Object.entries(rest).filter(([field, value]) => !isDeepStrictEqual(was.get(field), value));
  const changedAttributes = changedCustomAttributes(old.customAttributes, customAttributes);
  return {
    ...Object.fromEntries(changed),
    ...(changedAttributes.length === 0 ? {} : { customAttributes: changedAttributes }),
  };
}
