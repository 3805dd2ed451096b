import { type ClassType, Field } from 'type-graphql';

/** A field as a table states it. */
export interface DeclaredField {
  readonly description: string;
  readonly type: () => unknown;
  readonly nullable?: boolean;
}

/** Declares fields of a GraphQL class from a table, so that a type and its inputs and filters share one list. */
export function declareFields(
  target: ClassType | (abstract new () => object),
  fields: Readonly<Record<string, DeclaredField>>,
): void {
  for (const [name, { description, type, nullable = true }] of Object.entries(fields)) {
    Field(type as () => typeof String, { nullable, description })(target.prototype, name);
  }
}
