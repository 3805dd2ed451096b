/** A request whose body grows with a size. */
export interface Costly {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly body: (size: number) => unknown;
  /** What is done to its text, so that it is what no value can be written as. */
  readonly spoil?: (json: string) => string;
  /** How many parts come to about a megabyte, or to as many as are allowed. */
  readonly parts: number;
}

export type CostlyInputs = Readonly<Record<string, Costly>>;

/** So many items, each made of its place. */
export const many = <Item>(size: number, item: (at: number) => Item): Item[] =>
  Array.from({ length: size }, (_, at) => item(at));

/** An object of so many members, each made of its place. */
export const manyNames = (size: number, entry: (at: number) => readonly [string, unknown]): object =>
  Object.fromEntries(many(size, entry));

/** An id that nobody has, another one for each number. */
export const uuid = (at: number): string => `01a00000-0000-7000-8000-${at.toString(16).padStart(12, '0')}`;

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** A PATCH of so many operations. */
export const patchOf = (path: string, parts: number, operation: (at: number) => object): Costly => ({
  method: 'PATCH',
  path,
  body: (size) => ({ schemas: [PATCH_OP], Operations: many(size, operation) }),
  parts,
});

/** A PATCH of one operation that has so many parts. */
export const oneOperation = (path: string, parts: number, operation: (size: number) => object): Costly => ({
  method: 'PATCH',
  path,
  body: (size) => ({ schemas: [PATCH_OP], Operations: [operation(size)] }),
  parts,
});

/** A POST of a body that has so many parts. */
export const postOf = (path: string, parts: number, body: (size: number) => object): Costly => ({
  method: 'POST',
  path,
  body,
  parts,
});
