import { type ClassType, Extensions } from 'type-graphql';
import type { Requirement } from '../authorization/permissions.ts';
import { type DeclaredField, declareFields } from './declare-fields.ts';

/** What it takes to ask for something. */
interface Asking {
  /** The permission of what becomes readable by it; `anyone` where it says something only about what is around it. */
  readonly requires: Requirement;
}

/** Declares fields of a filter: whoever can ask "is it this?" can learn what it is. */
export function declareConditions(
  target: ClassType,
  asking: Asking,
  fields: Readonly<Record<string, DeclaredField>>,
): void {
  declareFields(target, fields);
  for (const name of Object.keys(fields)) Extensions(asking)(target.prototype, name);
}

/** Declares operators of a filter: what they reveal is what the field that they are applied to reveals. */
export const declareOperators = (target: ClassType, fields: Readonly<Record<string, DeclaredField>>): void =>
  declareConditions(target, { requires: 'anyone' }, fields);
