import type { BoundFilter } from '../filter/bound-filter.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { AttributeTarget } from '../schema/resolve-attribute.ts';

/**
 * One validated step of a PATCH. Operations without path, extension containers and single-valued complex values
 * are taken apart on reading, so that each step changes one attribute in one way.
 */
export type PatchOperation =
  /** Sets a single-valued attribute, or a sub-attribute of a single-valued complex one. */
  | { readonly kind: 'set'; readonly target: AttributeTarget; readonly value: JsonValue }
  /** Unassigns an attribute of any kind, or a sub-attribute of a single-valued complex one. */
  | { readonly kind: 'clear'; readonly target: AttributeTarget }
  /** Adds elements to a multi-valued attribute; those present already stay single. */
  | ElementListOperation<'addElements'>
  /** Makes these the only elements of a multi-valued attribute. */
  | ElementListOperation<'replaceElements'>
  /** Removes exactly these elements of a multi-valued attribute. */
  | ElementListOperation<'removeElements'>
  /**
   * Merges (`add`) or exchanges (`replace`) the elements that match, or creates one. A null clears, and a value of labels
   * alone is merged always: it says nothing that could take the place of an element.
   */
  | {
      readonly kind: 'changeMatching';
      readonly op: 'add' | 'replace';
      readonly target: AttributeTarget;
      readonly filter: BoundFilter;
      readonly value: JsonObject;
    }
  /** Sets a sub-attribute, or clears it with null, in the elements that match; in all without filter. */
  | {
      readonly kind: 'setInMatching';
      readonly target: AttributeTarget;
      readonly filter?: BoundFilter;
      readonly value: JsonValue;
    }
  /** Removes the elements that match. */
  | { readonly kind: 'removeMatching'; readonly target: AttributeTarget; readonly filter: BoundFilter };

interface ElementListOperation<Kind extends string> {
  readonly kind: Kind;
  readonly target: AttributeTarget;
  readonly elements: readonly JsonValue[];
}
