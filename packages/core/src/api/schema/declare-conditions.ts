import { type ClassType, Extensions } from 'type-graphql';
import type { Requirement } from '../../authorization/permissions.ts';
import { type DeclaredField, declareFields } from './declare-fields.ts';
import type { Looked } from './demand-prices.ts';

/** What it takes to ask for something. */
interface Asking {
  /** The permission of what becomes readable by it; `anyone` where it says something only about what is around it. */
  readonly requires: Requirement;
  /** What is looked at of each row to answer it; what is looked at by the field around it, when left out. */
  readonly looksAt?: Looked;
}

/** Declares fields of a filter: whoever can ask "is it this?" can learn what it is, and has it looked at. */
export function declareConditions(
  target: ClassType,
  asking: Asking,
  fields: Readonly<Record<string, DeclaredField>>,
): void {
  declareFields(target, fields);
  for (const name of Object.keys(fields)) Extensions(asking)(target.prototype, name);
}

/** Declares operators of a filter: they reveal, and look at, what the field does that they are applied to. */
export const declareOperators = (target: ClassType, fields: Readonly<Record<string, DeclaredField>>): void =>
  declareConditions(target, { requires: 'anyone' }, fields);

/** Declares what says only which: it is compared with nothing. */
export const declareQualifiers = (target: ClassType, fields: Readonly<Record<string, DeclaredField>>): void =>
  declareConditions(target, { requires: 'anyone', looksAt: 'nothing' }, fields);

/** Declares the question whether there is anything: a look at the column tells, whatever is in it. */
export const declarePresence = (target: ClassType): void =>
  declareConditions(
    target,
    { requires: 'anyone', looksAt: 'column' },
    { isPresent: { description: 'Is there any?', type: () => Boolean } },
  );
