import { invalidValue, type ScimError } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import { readValue } from '../resource/read-value.ts';
import { valueSubAttribute } from '../schema/attribute.ts';
import { isUnassigned } from '../tolerances/empty-string.ts';
import type { PatchOperation } from './operation.ts';
import type { PatchPath } from './parse-path.ts';
import { writeParts } from './write-parts.ts';

/** Reads a remove with a path (RFC 7644 §3.5.2.2). Throws invalidValue when the listed values can't be read. */
export function readRemove(
  { target, filter }: PatchPath,
  raw: JsonValue | undefined,
): readonly PatchOperation[] {
  const { attribute, subAttribute } = target;
  if (attribute.multiValued && subAttribute !== undefined) {
    return [{ kind: 'setInMatching', target, value: null, ...(filter === undefined ? {} : { filter }) }];
  }
  if (filter !== undefined) return [{ kind: 'removeMatching', target, filter }];
  if (subAttribute !== undefined) return writeParts(target, new Map([[subAttribute, null]]));
  if (!attribute.multiValued) assertTakesNoValue({ target }, raw);
  if (!attribute.multiValued || raw === undefined) return [{ kind: 'clear', target }];
  return readListedElements({ target }, raw);
}

/** Whose `value` is all of it, as a manager's, may be listed; of any other complex attribute all would go for a part. */
function assertTakesNoValue({ target }: PatchPath, raw: JsonValue | undefined): void {
  const { attribute, path } = target;
  if (isUnassigned(raw) || attribute.type !== 'complex' || valueSubAttribute(attribute) !== undefined) return;
  throw valueOfRemove(path);
}

/** The refusal of a remove that has a value where the path alone says what goes. */
export function valueOfRemove(path: string): ScimError {
  return invalidValue(
    path,
    'would be removed as a whole, whatever the value of a remove says. Leave value out, or give the path of the part that is to go.',
  );
}

/**
 * Microsoft Entra ID by default, JumpCloud and authentik list in `value` what to remove, which RFC 7644 §3.5.2.2
 * does not foresee: taking the path alone would empty the group. An empty list removes nothing,
 * and null is no list: only a remove without `value` is meant for all.
 */
function readListedElements({ target }: PatchPath, raw: JsonValue): readonly PatchOperation[] {
  if (Array.isArray(raw) && raw.length === 0) return [];
  const elements = readValue(target.attribute, raw, target.path);
  if (Array.isArray(elements)) return [{ kind: 'removeElements', target, elements }];
  throw invalidValue(
    target.path,
    'lists nothing that could be removed. Give each element as {"value": "…"}, or leave value out to remove all.',
  );
}
