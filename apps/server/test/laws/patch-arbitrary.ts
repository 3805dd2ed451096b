import fc from 'fast-check';
import { fold } from '../conformance/filter-reference.ts';
import { ENTERPRISE, USER } from '../conformance/samples.ts';
import type { Element, Given, Place, Selection, Written } from './patch-step.ts';

const word = fc.constantFrom('a', 'b', 'A', 'ab', 'Ä', '"quoted"', ' two words ');
const type = fc.constantFrom('work', 'home', 'WORK');
const lists = ['emails', 'phoneNumbers', 'roles', 'entitlements', 'photos'] as const;

const texts: readonly Place[] = [
  ...['displayName', 'nickName', 'title', 'userType', 'locale', 'timezone', 'profileUrl', 'externalId'].map(
    (attribute) => ({ isExtension: false, attribute }),
  ),
  ...['formatted', 'givenName', 'familyName', 'middleName'].map((part) => ({
    isExtension: false,
    attribute: 'name',
    part,
  })),
  ...['department', 'division', 'costCenter', 'employeeNumber'].map((attribute) => ({
    isExtension: true,
    attribute,
  })),
];
const wholes: readonly Place[] = [
  { isExtension: false, attribute: 'name' },
  { isExtension: true, attribute: 'manager' },
];

const pathOf = ({ isExtension, attribute, part }: Place): string =>
  `${isExtension ? `${ENTERPRISE}:` : ''}${attribute}${part === undefined ? '' : `.${part}`}`;

/** The same path as other clients write it. */
const spelled = (path: string): fc.Arbitrary<string> =>
  fc.constantFrom(path, path, path.toUpperCase(), path.includes(':') ? path : `${USER}:${path}`);

const op = (name: 'add' | 'replace' | 'remove') =>
  fc.constantFrom(name, name, name.toUpperCase(), `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
const anyWrite = fc.constantFrom('add' as const, 'replace' as const);

/** A value with a path, as a key of a value without path, or inside the object that has it. */
function writtenAt(place: Place, value: Given): fc.Arbitrary<object> {
  const { isExtension, attribute, part } = place;
  const path = pathOf(place);
  const inner = part === undefined ? { [attribute]: value } : { [attribute]: { [part]: value } };
  const forms: fc.Arbitrary<object>[] = [
    spelled(path).map((text) => ({ path: text, value })),
    spelled(path).map((text) => ({ value: { [text]: value } })),
  ];
  if (isExtension) {
    forms.push(
      fc.constant({ value: { [ENTERPRISE]: inner } }),
      fc.constant({ path: ENTERPRISE, value: inner }),
    );
  } else if (part !== undefined) {
    forms.push(fc.constant({ value: inner }), fc.constant({ path: attribute, value: { [part]: value } }));
  }
  return fc.oneof(...forms);
}

const setting = (place: fc.Arbitrary<Place>, value: fc.Arbitrary<Given>): fc.Arbitrary<Written> =>
  fc.tuple(place, value, anyWrite).chain(([at, given, name]) =>
    fc.tuple(op(name), writtenAt(at, given)).map(([written, operation]) => ({
      step: { kind: 'set' as const, place: at, value: given },
      operation: { op: written, ...operation },
    })),
  );

const unsetting: fc.Arbitrary<Written> = fc
  .constantFrom(...texts, ...wholes, { isExtension: false, attribute: 'active' })
  .chain((place) =>
    fc.tuple(op('remove'), spelled(pathOf(place))).map(([written, path]) => ({
      step: { kind: 'unset' as const, place },
      operation: { op: written, path },
    })),
  );

const element: fc.Arbitrary<Element> = fc.record(
  { value: word, type, display: word, primary: fc.boolean() },
  { requiredKeys: ['value'] },
);
const address: fc.Arbitrary<Element> = fc.record(
  { locality: word, country: word, type, primary: fc.boolean() },
  { requiredKeys: ['locality'] },
);
/** None twice, and at most one of them is the primary one. */
const elementsOf = (list: string): fc.Arbitrary<Element[]> =>
  fc
    .uniqueArray(list === 'addresses' ? address : element, {
      minLength: 1,
      maxLength: 3,
      selector: ({ value, locality }) => fold(String(value ?? locality)),
    })
    .map((elements) =>
      elements.map((one, at) => {
        const { primary, ...rest } = one;
        return at === 0 || primary === undefined ? one : { ...rest, primary: false };
      }),
    );

const anyList = fc.constantFrom(...lists, 'addresses');

/** One element may come without its list, and one that has a value alone as that value. */
function writtenElements([first, ...more]: readonly Element[]): fc.Arbitrary<unknown> {
  const whole = [first, ...more];
  if (first === undefined || more.length > 0) return fc.constant(whole);
  return Object.keys(first).join() === 'value'
    ? fc.constantFrom<unknown>(whole, first, first.value, [first.value])
    : fc.constantFrom<unknown>(whole, first);
}

const elementWrites: fc.Arbitrary<Written> = anyList.chain((list) =>
  fc
    .tuple(elementsOf(list), fc.constantFrom('add' as const, 'replace' as const, 'remove' as const))
    .chain(([elements, name]) =>
      fc.tuple(op(name), spelled(list), writtenElements(elements), fc.boolean()).map(
        ([written, path, value, hasPath]): Written => ({
          step: {
            kind: name === 'add' ? 'addElements' : name === 'replace' ? 'replaceElements' : 'removeListed',
            list,
            elements,
          },
          operation: {
            op: written,
            ...(hasPath || name === 'remove' ? { path, value } : { value: { [path]: value } }),
          },
        }),
      ),
    ),
);

const removingAll: fc.Arbitrary<Written> = anyList.chain((list) =>
  fc
    .tuple(
      spelled(list),
      fc.constantFrom<(path: string) => object>(
        (path) => ({ op: 'remove', path }),
        (path) => ({ op: 'replace', path, value: [] }),
        (path) => ({ op: 'Replace', path, value: null }),
      ),
    )
    .map(([path, make]) => ({ step: { kind: 'removeAll' as const, list }, operation: make(path) })),
);

const eq = 'eq' as const;
const selection: fc.Arbitrary<Selection> = fc.oneof(
  { arbitrary: type.map((value) => [{ part: 'type', how: eq, value }]), weight: 5 },
  { arbitrary: word.map((value) => [{ part: 'value', how: eq, value }]), weight: 2 },
  {
    arbitrary: fc.tuple(type, word).map(([of, value]) => [
      { part: 'type', how: eq, value: of },
      { part: 'value', how: eq, value },
    ]),
    weight: 2,
  },
  { arbitrary: fc.constant([{ part: 'primary', how: eq, value: true as const }]), weight: 1 },
  { arbitrary: word.map((value) => [{ part: 'value', how: 'sw' as const, value }]), weight: 1 },
);

const selectedPath = (list: string, terms: Selection): fc.Arbitrary<string> => {
  const filter = terms.map(({ part, how, value }) => `${part} ${how} ${JSON.stringify(value)}`).join(' and ');
  return spelled(list).map((path) => `${path}[${filter}]`);
};

const partWrites: fc.Arbitrary<Written> = fc
  .tuple(
    fc.constantFrom(...lists),
    selection,
    fc.oneof(
      fc.tuple(
        fc.constantFrom('value', 'display', 'type'),
        fc.oneof<fc.Arbitrary<Given>[]>(word, fc.constantFrom('', null)),
      ),
      fc.tuple(fc.constant('primary'), fc.constantFrom<Given>(true, false, 'True', 'false')),
    ),
    fc.constantFrom('add', 'replace', 'Replace', 'remove'),
  )
  .chain(([list, terms, [part, given], name]) =>
    selectedPath(list, terms).map((path): Written => {
      const value = name === 'remove' ? null : given;
      return {
        step: { kind: 'setPart', list, selection: terms, part, value },
        operation: { op: name, path: `${path}.${part}`, ...(name === 'remove' ? {} : { value }) },
      };
    }),
  );

const selectedWrites: fc.Arbitrary<Written> = fc
  .tuple(fc.constantFrom(...lists), selection, element, fc.constantFrom('add', 'replace', 'remove'))
  .chain(([list, terms, one, name]) =>
    selectedPath(list, terms).map((path): Written => {
      if (name === 'remove') {
        return { step: { kind: 'removeSelected', list, selection: terms }, operation: { op: name, path } };
      }
      const kind = name === 'add' ? 'addToSelected' : 'replaceSelected';
      return {
        step: { kind, list, selection: terms, element: one },
        operation: { op: name, path, value: one },
      };
    }),
  );

const refusals: readonly [string, object][] = [
  ['noTarget', { op: 'remove' }],
  ['invalidPath', { op: 'replace', path: 'nothing', value: 'x' }],
  ['invalidPath', { op: 'remove', path: 'name.nothing' }],
  ['invalidPath', { op: 'add', path: 'emails[type eq "work"].nothing', value: 'x' }],
  ['invalidPath', { op: 'add', path: `${ENTERPRISE}:nothing`, value: 'x' }],
  ['invalidPath', { op: 'replace', path: 'title[value eq "x"]', value: 'x' }],
  ['invalidPath', { op: 'replace', path: 'a.b.c', value: 'x' }],
  ['invalidFilter', { op: 'replace', path: 'emails[type is "work"].value', value: 'x' }],
  ['invalidFilter', { op: 'remove', path: 'emails[type eq "work"' }],
  ['mutability', { op: 'replace', path: 'id', value: 'x' }],
  ['mutability', { op: 'add', path: 'groups', value: [{ value: 'x' }] }],
  ['mutability', { op: 'remove', path: 'groups' }],
  ['mutability', { op: 'replace', path: 'meta.created', value: '2026-01-01T00:00:00Z' }],
  ['mutability', { op: 'add', path: `${ENTERPRISE}:manager.displayName`, value: 'x' }],
  ['invalidValue', { op: 'replace', path: 'active', value: 'maybe' }],
  ['invalidValue', { op: 'add', path: 'title', value: { a: 1 } }],
  ['invalidValue', { op: 'add', value: 'x' }],
  ['invalidValue', { op: 'replace', path: 'title' }],
  ['invalidValue', { op: 'add', path: 'emails', value: [{ value: 'a', primary: 'perhaps' }] }],
  [
    'invalidValue',
    { op: 'replace', path: 'emails', value: ['a', 'b'].map((value) => ({ value, primary: true })) },
  ],
  ['invalidSyntax', { op: 'move', path: 'title', value: 'x' }],
  ['invalidSyntax', { path: 'title', value: 'x' }],
];
const refused: fc.Arbitrary<Written> = fc
  .constantFrom(...refusals)
  .map(([scimType, operation]) => ({ step: { kind: 'refused', scimType }, operation }));

/** Operations on a User, in order, each with what it means; of the userNames and managers some are to be had. */
export function anySteps(userNames: readonly string[], managers: readonly string[]): fc.Arbitrary<Written[]> {
  const step = fc.oneof(
    {
      arbitrary: setting(
        fc.constantFrom(...texts),
        fc.oneof<fc.Arbitrary<Given>[]>(word, word, fc.constantFrom('', null)),
      ),
      weight: 8,
    },
    {
      arbitrary: setting(
        fc.constant({ isExtension: false, attribute: 'active' }),
        fc.constantFrom<Given>(true, false, 'True', 'FALSE', '', null),
      ),
      weight: 2,
    },
    {
      arbitrary: setting(
        fc.constant({ isExtension: false, attribute: 'userName' }),
        fc.constantFrom<Given>(...userNames, ''),
      ),
      weight: 1,
    },
    {
      arbitrary: setting(
        fc.constant({ isExtension: true, attribute: 'manager', part: 'value' }),
        fc.constantFrom<Given>(...managers, 'not here yet', ''),
      ),
      weight: 2,
    },
    { arbitrary: unsetting, weight: 3 },
    { arbitrary: elementWrites, weight: 6 },
    { arbitrary: removingAll, weight: 2 },
    { arbitrary: partWrites, weight: 7 },
    { arbitrary: selectedWrites, weight: 4 },
    { arbitrary: refused, weight: 1 },
  );
  return fc.array(step, { minLength: 1, maxLength: 4 });
}
