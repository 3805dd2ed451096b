import type { JsonValue } from '../../json.ts';

/** Microsoft Entra ID writes "Add", "Replace" and "Remove" unless aadOptscim062020 is set (entra-docs). */
export function operationFromAnyCase(op: JsonValue | undefined): 'add' | 'replace' | 'remove' | undefined {
  const lowered = typeof op === 'string' ? op.toLowerCase() : undefined;
  return lowered === 'add' || lowered === 'replace' || lowered === 'remove' ? lowered : undefined;
}
