/** A value of a simple attribute as an operation gives it; null and "" unassign. */
export type Given = string | boolean | null;

/** One value of a multi-valued attribute, as much of it as is written. */
export interface Element {
  readonly [part: string]: string | boolean;
}

/** A single-valued attribute: `title`, `name.givenName`, or `department` of the enterprise extension. */
export interface Place {
  readonly isExtension: boolean;
  readonly attribute: string;
  readonly part?: string;
}

/** What an element has to be like, all of it. */
export type Selection = readonly {
  readonly part: string;
  readonly how: 'eq' | 'sw';
  readonly value: string | true;
}[];

/** What one operation of a PATCH means, however it is written. */
export type Step =
  | { readonly kind: 'set'; readonly place: Place; readonly value: Given }
  | { readonly kind: 'unset'; readonly place: Place }
  | { readonly kind: 'addElements'; readonly list: string; readonly elements: readonly Element[] }
  | { readonly kind: 'replaceElements'; readonly list: string; readonly elements: readonly Element[] }
  | { readonly kind: 'removeListed'; readonly list: string; readonly elements: readonly Element[] }
  | { readonly kind: 'removeAll'; readonly list: string }
  | { readonly kind: 'removeSelected'; readonly list: string; readonly selection: Selection }
  | {
      readonly kind: 'setPart';
      readonly list: string;
      readonly selection: Selection;
      readonly part: string;
      readonly value: Given;
    }
  | {
      readonly kind: 'addToSelected' | 'replaceSelected';
      readonly list: string;
      readonly selection: Selection;
      readonly element: Element;
    }
  | { readonly kind: 'refused'; readonly scimType: string };

/** A step with the operation that says it. */
export interface Written {
  readonly step: Step;
  readonly operation: object;
}
