import { invalidValue } from '../errors.ts';
import type { BoundFilter } from '../filter/bound-filter.ts';
import { isJsonObject, type JsonValue } from '../json.ts';
import { type DirectUpdate, toDirectUpdate } from './direct-update.ts';
import type { PatchOperation } from './operation.ts';

/** The net effect of a group's PATCH: cost follows the change, not the size of the group. */
export interface MemberChange {
  /** Exactly these ids are members afterwards; then nothing is listed in the other two. */
  readonly setMembers?: readonly string[];
  readonly addMembers: readonly string[];
  readonly removeMembers: readonly string[];
  /** What changes besides the members. */
  readonly attributes: DirectUpdate;
}

/**
 * Works out which members come and go by operations on a Group, in their order, without reading it. Undefined when
 * an operation depends on the current state, such as `members[type eq "Group"]`. Throws invalidValue for a member
 * without id, mutability when displayName would be unassigned.
 */
export function toMemberChange(operations: readonly PatchOperation[]): MemberChange | undefined {
  const members = new PendingMembers();
  const others: PatchOperation[] = [];
  for (const operation of operations) {
    if (operation.target.attribute.name !== 'members') others.push(operation);
    else if (!members.apply(operation)) return undefined;
  }
  const attributes = toDirectUpdate(others);
  return attributes && { ...members.result(), attributes };
}

class PendingMembers {
  #exact: Set<string> | undefined;
  readonly #added = new Set<string>();
  readonly #removed = new Set<string>();

  /** False when the operation can't be understood without knowing the members. */
  apply(operation: PatchOperation): boolean {
    switch (operation.kind) {
      case 'clear':
        this.#exact = new Set();
        return true;
      case 'replaceElements':
        this.#exact = new Set(operation.elements.map(memberId));
        return true;
      case 'addElements':
        for (const element of operation.elements) this.#add(memberId(element));
        return true;
      case 'removeElements':
        for (const element of operation.elements) this.#remove(memberId(element));
        return true;
      case 'removeMatching': {
        const ids = idsNamedBy(operation.filter);
        for (const id of ids ?? []) this.#remove(id);
        return ids !== undefined;
      }
      default:
        return false;
    }
  }

  result(): Omit<MemberChange, 'attributes'> {
    if (this.#exact) return { setMembers: [...this.#exact], addMembers: [], removeMembers: [] };
    return { addMembers: [...this.#added], removeMembers: [...this.#removed] };
  }

  #add(id: string): void {
    this.#exact?.add(id);
    this.#added.add(id);
    this.#removed.delete(id);
  }

  #remove(id: string): void {
    this.#exact?.delete(id);
    this.#added.delete(id);
    this.#removed.add(id);
  }
}

function memberId(element: JsonValue, index = 0): string {
  const id = isJsonObject(element) ? element.value : undefined;
  if (typeof id === 'string') return id;
  throw invalidValue(`members[${index}].value`, 'is required: the id of the member.');
}

/** The ids of `value eq "a" or value eq "b"`; undefined for any other filter. */
function idsNamedBy(filter: BoundFilter): readonly string[] | undefined {
  if (filter.kind === 'or') {
    const ids = filter.operands.map(idsNamedBy);
    return ids.every((some) => some !== undefined) ? ids.flat() : undefined;
  }
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || typeof filter.value !== 'string')
    return undefined;
  return filter.target.subAttribute?.name === 'value' ? [filter.value] : undefined;
}
