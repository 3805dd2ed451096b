import { invalidValue } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import { readValue } from '../resource/read-value.ts';
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
  if (!attribute.multiValued || raw === undefined || raw === null) return [{ kind: 'clear', target }];
  return readListedElements({ target }, raw);
}

/**
 * Microsoft Entra ID by default, JumpCloud and authentik list in `value` what to remove, which RFC 7644 §3.5.2.2
 * does not foresee: taking the path alone would empty the group. An empty list removes nothing.
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
