import { ID, InputType, Int } from 'type-graphql';
import { declareOperators } from './declare-conditions.ts';
import { DateTimeScalar } from './scalars.ts';

const present = { description: 'Has it a value at all?', type: () => Boolean };

const ordered = (type: () => unknown) => ({
  equals: { description: 'It is this.', type },
  notEquals: { description: 'It is not this; true as well where there is no value.', type },
  greaterThan: { description: 'It comes after this.', type },
  greaterThanOrEqual: { description: 'It is this or comes after.', type },
  lessThan: { description: 'It comes before this.', type },
  lessThanOrEqual: { description: 'It is this or comes before.', type },
});

@InputType({
  description: 'A condition on a text. All that is said must hold. Case counts where the field says so.',
})
export class StringFilter {}
declareOperators(StringFilter, {
  ...ordered(() => String),
  contains: { description: 'It contains this.', type: () => String },
  startsWith: { description: 'It starts with this.', type: () => String },
  endsWith: { description: 'It ends with this.', type: () => String },
  in: { description: 'It is one of these.', type: () => [String] },
  isPresent: present,
});

@InputType({ description: 'A condition on an id. All that is said must hold.' })
export class IDFilter {}
declareOperators(IDFilter, {
  equals: { description: 'It is this.', type: () => ID },
  notEquals: { description: 'It is not this; true as well where there is none.', type: () => ID },
  in: { description: 'It is one of these.', type: () => [ID] },
  isPresent: present,
});

@InputType({ description: 'A condition on a yes or no. All that is said must hold.' })
export class BooleanFilter {}
declareOperators(BooleanFilter, {
  equals: { description: 'It is this.', type: () => Boolean },
  notEquals: { description: 'It is not this; true as well where there is no value.', type: () => Boolean },
  isPresent: present,
});

@InputType({ description: 'A condition on a number. All that is said must hold.' })
export class IntFilter {}
declareOperators(
  IntFilter,
  ordered(() => Int),
);

@InputType({ description: 'A condition on an instant. All that is said must hold.' })
export class DateTimeFilter {}
declareOperators(DateTimeFilter, { ...ordered(() => DateTimeScalar), isPresent: present });
