import { Float, InputType } from 'type-graphql';
import { attributeName } from '../custom-attributes/custom-attribute.inputs.ts';
import { declareOperators, declarePresence, declareQualifiers } from '../schema/declare-conditions.ts';
import { BooleanFilter, DateTimeFilter, StringFilter } from '../schema/filter-inputs.ts';

const number = (description: string) => ({ description, type: () => Float });

@InputType('NumberFilter', { description: 'A condition on a number. All that is said must hold.' })
export class NumberFilterInput {}
declareOperators(NumberFilterInput, {
  equals: number('It is this.'),
  notEquals: number('It is not this; true as well where there is no value.'),
  greaterThan: number('It is more than this.'),
  greaterThanOrEqual: number('It is this or more.'),
  lessThan: number('It is less than this.'),
  lessThanOrEqual: number('It is this or less.'),
  in: { description: 'It is one of these.', type: () => [Float] },
  isPresent: { description: 'Has it a value at all?', type: () => Boolean },
});

@InputType('CustomAttributeFilter', {
  description:
    'A condition on a custom attribute, by the filter of its type. Of several values one must satisfy all that is said; `notEquals` says that none is this.',
})
export class CustomAttributeFilterInput {}
declareQualifiers(CustomAttributeFilterInput, attributeName);
declareOperators(CustomAttributeFilterInput, {
  text: { description: 'For STRING, REFERENCE and BINARY.', type: () => StringFilter },
  number: { description: 'For DECIMAL and INTEGER.', type: () => NumberFilterInput },
  boolean: { description: 'For BOOLEAN.', type: () => BooleanFilter },
  dateTime: { description: 'For DATE_TIME.', type: () => DateTimeFilter },
});
declarePresence(CustomAttributeFilterInput);
