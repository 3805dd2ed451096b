import type { JsonObject, JsonValue } from '../../json.ts';
import {
  groupResourceType,
  type ResourceTypeDefinition,
  userResourceType,
} from '../../schema/resource-type.ts';
import { PATCH_OP } from '../../schema/urns.ts';
import { applyPatch } from '../apply-patch.ts';
import { type ParsePatchOptions, parsePatchRequest } from '../parse-patch-request.ts';

/** Parses operations as the body of a PATCH on a User; for tests. */
export function userOperations(operations: readonly JsonValue[], options?: ParsePatchOptions) {
  return parse(operations, userResourceType, options);
}

/** Parses operations as the body of a PATCH on a Group; for tests. */
export function groupOperations(operations: readonly JsonValue[], options?: ParsePatchOptions) {
  return parse(operations, groupResourceType, options);
}

/** A User after the operations; for tests. */
export function patchUser(user: JsonObject, ...operations: readonly JsonValue[]): JsonObject {
  return applyPatch(user, userOperations(operations), userResourceType);
}

/** A Group after the operations; for tests. */
export function patchGroup(group: JsonObject, ...operations: readonly JsonValue[]): JsonObject {
  return applyPatch(group, groupOperations(operations), groupResourceType);
}

function parse(operations: readonly JsonValue[], type: ResourceTypeDefinition, options?: ParsePatchOptions) {
  return parsePatchRequest({ schemas: [PATCH_OP], Operations: [...operations] }, type, options);
}
