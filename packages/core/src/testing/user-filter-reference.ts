import fc from 'fast-check';
import { fold } from '../text/fold.ts';

/** A person, as much as the random filters look at. */
export interface Person {
  readonly userName: string;
  readonly title: string | null;
  readonly department: string | null;
  readonly profileUrl: string | null;
  readonly externalId: string | null;
  readonly active: boolean;
  readonly emails: readonly Email[];
}

interface Email {
  readonly value: string;
  readonly type: string | null;
  readonly primary: boolean | null;
}

interface Text {
  readonly equals?: string | undefined;
  readonly notEquals?: string | undefined;
  readonly contains?: string | undefined;
  readonly startsWith?: string | undefined;
  readonly endsWith?: string | undefined;
  readonly in?: readonly string[] | undefined;
  readonly isPresent?: boolean | undefined;
}

interface Truth {
  readonly equals?: boolean | undefined;
  readonly notEquals?: boolean | undefined;
}

interface Combined<Self> {
  readonly and?: readonly Self[] | undefined;
  readonly or?: readonly Self[] | undefined;
  readonly not?: Self | undefined;
}

interface EmailMatch extends Combined<EmailMatch> {
  readonly value?: Text | undefined;
  readonly type?: Text | undefined;
  readonly primary?: Truth | undefined;
}

export interface PersonFilter extends Combined<PersonFilter> {
  readonly userName?: Text | undefined;
  readonly title?: Text | undefined;
  readonly department?: Text | undefined;
  readonly profileUrl?: Text | undefined;
  readonly externalId?: Text | undefined;
  readonly active?: Truth | undefined;
  readonly emails?:
    | { readonly some?: EmailMatch | undefined; readonly isPresent?: boolean | undefined }
    | undefined;
}

/** What the contract says a filter means, evaluated in memory. */
export const evaluate = (filter: PersonFilter, person: Person): boolean =>
  combined(filter, (part) => evaluate(part, person)) &&
  text(filter.userName, person.userName, false) &&
  text(filter.title, person.title, false) &&
  text(filter.department, person.department, false) &&
  text(filter.profileUrl, person.profileUrl, true) &&
  text(filter.externalId, person.externalId, true) &&
  truth(filter.active, person.active) &&
  emails(filter.emails, person.emails);

function emails(filter: PersonFilter['emails'], values: readonly Email[]): boolean {
  const { some, isPresent } = filter ?? {};
  return (
    (some === undefined || values.some((email) => emailMatches(some, email))) &&
    (isPresent === undefined || isPresent === values.length > 0)
  );
}

const emailMatches = (match: EmailMatch, email: Email): boolean =>
  combined(match, (part) => emailMatches(part, email)) &&
  text(match.value, email.value, false) &&
  text(match.type, email.type, false) &&
  truth(match.primary, email.primary);

function combined<Self extends Combined<Self>>(filter: Self, holds: (part: Self) => boolean): boolean {
  return (
    (filter.and?.every(holds) ?? true) &&
    (filter.or?.some(holds) ?? true) &&
    (filter.not === undefined || !holds(filter.not))
  );
}

function text(filter: Text | undefined, value: string | null, exact: boolean): boolean {
  const form = (words: string) => (exact ? words : fold(words));
  const own = value === null ? null : form(value);
  const tests: Record<keyof Text, (filter: Text) => boolean> = {
    equals: ({ equals = '' }) => own === form(equals),
    notEquals: ({ notEquals = '' }) => own !== form(notEquals),
    contains: ({ contains = '' }) => own?.includes(form(contains)) ?? false,
    startsWith: ({ startsWith = '' }) => own?.startsWith(form(startsWith)) ?? false,
    endsWith: ({ endsWith = '' }) => own?.endsWith(form(endsWith)) ?? false,
    in: (given) => own !== null && (given.in ?? []).map(form).includes(own),
    isPresent: ({ isPresent }) => (own !== null) === isPresent,
  };
  return filter === undefined || said(filter).every((operator) => tests[operator](filter));
}

const said = (filter: Text): (keyof Text)[] => operators.filter((operator) => filter[operator] !== undefined);
const operators = ['equals', 'notEquals', 'contains', 'startsWith', 'endsWith', 'in', 'isPresent'] as const;

const truth = (filter: Truth | undefined, value: boolean | null): boolean =>
  (filter?.equals === undefined || value === filter.equals) &&
  (filter?.notEquals === undefined || value !== filter.notEquals);

const word = fc.constantFrom(
  'a',
  'A',
  'b',
  'ab',
  '%',
  '_',
  '\\',
  'ä',
  'Ä',
  '',
  'SS',
  'ος',
  'σ',
  'ben',
  'work',
  'a@b',
  'e_',
  'D%',
);
const some = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 4 });
const textFilter: fc.Arbitrary<Text> = fc.oneof(
  fc.record({ equals: word }),
  fc.record({ notEquals: word }),
  fc.record({ contains: word }),
  fc.record({ startsWith: word }),
  fc.record({ endsWith: word }),
  fc.record({ in: fc.array(word, { maxLength: 3 }) }),
  fc.record({ isPresent: fc.boolean() }),
  fc.record({ contains: word, notEquals: word }),
);
const truthFilter: fc.Arbitrary<Truth> = fc.oneof(
  fc.record({ equals: fc.boolean() }),
  fc.record({ notEquals: fc.boolean() }),
);

const emailMatch = fc.letrec<{ match: EmailMatch }>((tie) => ({
  match: fc.record(
    {
      value: some(textFilter),
      type: some(textFilter),
      primary: some(truthFilter),
      not: fc.option(tie('match'), { nil: undefined, maxDepth: 2, freq: 4 }),
      or: fc.option(fc.array(tie('match'), { maxLength: 2 }), { nil: undefined, freq: 5 }),
    },
    { requiredKeys: [] },
  ),
})).match;

/** Filters of any shape over the words that the people are made of. */
export const personFilter = fc.letrec<{ filter: PersonFilter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({ userName: textFilter }),
    fc.record({ title: textFilter }),
    fc.record({ department: textFilter, title: textFilter }),
    fc.record({ profileUrl: textFilter }),
    fc.record({ externalId: textFilter }),
    fc.record({ active: truthFilter }),
    fc.record({ emails: fc.record({ some: emailMatch }) }),
    fc.record({ emails: fc.record({ isPresent: fc.boolean() }) }),
    fc.record({ not: tie('filter') }),
    fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('filter'), { maxLength: 3 }) }),
  ),
})).filter;
