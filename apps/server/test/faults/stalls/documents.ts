const PERSON =
  'id userName displayName title department division costCenter status active createdAt updatedAt name { formatted givenName familyName } emails { value type primary } addresses { locality } phoneNumbers { value }';

const aliased = (count: number, field: (n: number) => string) =>
  `{ ${Array.from({ length: count }, (_, n) => `a${n}: ${field(n)}`).join(' ')} }`;

/** Close to what a document may be: in cost, in aliases, in depth. */
export const dearestDocuments = [
  `{ users(first: 500) { totalCount nodes { ${PERSON} manager { ${PERSON} } teams { id displayName } events(first: 2) { nodes { id type occurredAt } } } } }`,
  aliased(30, (n) => `users(first: 100, offset: ${n * 100}) { nodes { ${PERSON} } }`),
  `{ users(first: 500) { nodes { ${PERSON} manager { ${PERSON} manager { ${PERSON} } } } } }`,
  `{ users(first: 100) { nodes { manager { manager { manager { manager { manager { manager { manager { id displayName } } } } } } } } } }`,
];

/** Each is refused. */
export const refusedDocuments = [
  `{ users(first: 500) { nodes { teams { members(first: 500) { nodes { ${PERSON} } } } } } }`,
  aliased(31, () => 'users(first: 500) { nodes { id } }'),
  `{ users { nodes { ${'manager { '.repeat(50)} id ${'} '.repeat(50)} } } }`,
  `{ ${'viewer { kind } '.repeat(1600)} }`,
  `{ users { nodes { ${'nothing '.repeat(4000)} } } }`,
  `{ users { ...F0 } } ${Array.from({ length: 200 }, (_, n) => `fragment F${n} on UserConnection { ...F${n + 1} ...F${n + 1} }`).join(' ')} fragment F200 on UserConnection { totalCount }`,
];
