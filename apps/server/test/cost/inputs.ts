import { ENTERPRISE, GROUP, USER } from '../conformance/samples.ts';

/** A request whose body grows with a size. */
export interface Costly {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly body: (size: number) => unknown;
  /** How many parts come to about a megabyte. */
  readonly parts: number;
}

/** Who is changed. */
export interface Subjects {
  readonly userId: string;
  readonly groupId: string;
}

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

const many = <Item>(size: number, item: (at: number) => Item): Item[] =>
  Array.from({ length: size }, (_, at) => item(at));

/** An id that nobody has, another one for each number. */
const uuid = (at: number): string => `01a00000-0000-7000-8000-${at.toString(16).padStart(12, '0')}`;

const filterOf = (part: string, start = '', end = ''): Costly => ({
  method: 'POST',
  path: '/Users/.search',
  body: (size) => ({ schemas: [SEARCH], filter: `${start}${part.repeat(size)}${end}` }),
  parts: Math.floor(900_000 / JSON.stringify(part).length),
});

export const filters: Readonly<Record<string, Costly>> = {
  'opening parentheses': filterOf('('),
  'not after not': filterOf('not ('),
  'value paths within value paths': filterOf('emails['),
  'a chain of and': filterOf('title pr and ', '', 'title pr'),
  'a chain of or with values': filterOf('title eq "x" or ', '', 'title pr'),
  'one long text': filterOf('x', 'title eq "', '"'),
  'a text of backslashes': filterOf('\\\\', 'title eq "', '"'),
  'a text without an end': filterOf('\\"', 'title eq "'),
  'a text of letters beyond the first plane': filterOf('\u{1f600}', 'title eq "', '"'),
  'dots in a name': filterOf('a.'),
  'colons in a name': filterOf('urn:', '', ' pr'),
  'digits of a number': filterOf('9', 'title eq '),
  blanks: filterOf(' ', 'title', 'pr'),
  'quotes and brackets': filterOf('"]['),
};

const patchOf = (path: string, parts: number, operation: (at: number) => object): Costly => ({
  method: 'PATCH',
  path,
  body: (size) => ({ schemas: [PATCH_OP], Operations: many(size, operation) }),
  parts,
});
const oneOperation = (path: string, parts: number, operation: (size: number) => object): Costly => ({
  method: 'PATCH',
  path,
  body: (size) => ({ schemas: [PATCH_OP], Operations: [operation(size)] }),
  parts,
});

export function userPatches({ userId }: Subjects): Readonly<Record<string, Costly>> {
  const path = `/Users/${userId}`;
  return {
    'one attribute set again and again': patchOf(path, 18_000, (at) => ({
      op: 'replace',
      path: 'title',
      value: `${at % 7}`,
    })),
    'another e-mail address with each operation': patchOf(path, 15_000, (at) => ({
      op: 'add',
      path: 'emails',
      value: [{ value: `${at}@x` }],
    })),
    'a selected part with each operation': patchOf(path, 9_000, (at) => ({
      op: 'replace',
      path: `emails[type eq "t${at}"].value`,
      value: `${at}@x`,
    })),
    'a part of every value with each operation': patchOf(path, 15_000, (at) => ({
      op: 'replace',
      path: 'roles[value pr].display',
      value: `${at}`,
    })),
    'primary moved with each operation': patchOf(path, 9_000, (at) => ({
      op: 'add',
      path: 'phoneNumbers',
      value: [{ value: `${at}`, primary: true }],
    })),
    'many e-mail addresses at once': oneOperation(path, 40_000, (size) => ({
      op: 'add',
      path: 'emails',
      value: many(size, (at) => ({ value: `${at}@x` })),
    })),
    'many addresses at once': oneOperation(path, 20_000, (size) => ({
      op: 'add',
      path: 'addresses',
      value: many(size, (at) => ({ streetAddress: `${at} Street`, country: 'X' })),
    })),
    'one value under many types': oneOperation(path, 20_000, (size) => ({
      op: 'add',
      path: 'ims',
      value: many(size, (at) => ({ value: 'same', type: `type ${at}` })),
    })),
    'many values removed by list': oneOperation(path, 40_000, (size) => ({
      op: 'remove',
      path: 'emails',
      value: many(size, (at) => ({ value: `${at}@x` })),
    })),
    'many keys in one value': oneOperation(path, 20_000, (size) => ({
      op: 'add',
      value: Object.fromEntries(many(size, (at) => [`${ENTERPRISE}:unknown${at}`.slice(-40), 'x'])),
    })),
    'a path of brackets': oneOperation(path, 120_000, (size) => ({
      op: 'add',
      path: 'emails['.repeat(size),
      value: 'x',
    })),
    'a value of lists in lists': oneOperation(path, 2_000, (size) => ({
      op: 'add',
      path: 'title',
      value: many(size, () => 0).reduce<unknown>((inner) => [inner], 'x'),
    })),
  };
}

export function groupPatches({ groupId }: Subjects): Readonly<Record<string, Costly>> {
  const path = `/Groups/${groupId}`;
  return {
    'many members at once': oneOperation(path, 20_000, (size) => ({
      op: 'add',
      path: 'members',
      value: many(size, (at) => ({ value: uuid(at) })),
    })),
    'another member with each operation': patchOf(path, 10_000, (at) => ({
      op: 'add',
      path: 'members',
      value: [{ value: uuid(at) }],
    })),
    'a member less with each operation': patchOf(path, 10_000, (at) => ({
      op: 'remove',
      path: `members[value eq "${uuid(at)}"]`,
    })),
    'one member in and out': patchOf(path, 10_000, (at) => ({
      op: at % 2 === 0 ? 'add' : 'remove',
      path: 'members',
      value: [{ value: uuid(1) }],
    })),
    'all members replaced with each operation': patchOf(path, 10_000, (at) => ({
      op: 'replace',
      path: 'members',
      value: [{ value: uuid(at) }],
    })),
  };
}

export const resources: Readonly<Record<string, Costly>> = {
  'a user with many e-mail addresses': {
    method: 'POST',
    path: '/Users',
    body: (size) => ({
      schemas: [USER],
      userName: `many-${size}`,
      emails: many(size, (at) => ({ value: `${at}@x` })),
    }),
    parts: 40_000,
  },
  'a user with many addresses': {
    method: 'POST',
    path: '/Users',
    body: (size) => ({
      schemas: [USER],
      userName: `addresses-${size}`,
      addresses: many(size, (at) => ({ streetAddress: `${at} Street` })),
    }),
    parts: 30_000,
  },
  'a user with one value under many types': {
    method: 'POST',
    path: '/Users',
    body: (size) => ({
      schemas: [USER],
      userName: `types-${size}`,
      emails: many(size, (at) => ({ value: 'same', type: `type ${at}` })),
    }),
    parts: 20_000,
  },
  'a user with many unknown attributes': {
    method: 'POST',
    path: '/Users',
    body: (size) => ({
      ...Object.fromEntries(many(size, (at) => [`unknown${at}`, at])),
      schemas: [USER],
      userName: `unknown-${size}`,
    }),
    parts: 40_000,
  },
  'a user with many schemas': {
    method: 'POST',
    path: '/Users',
    body: (size) => ({ schemas: [USER, ...many(size, (at) => `urn:x:${at}`)], userName: `schemas-${size}` }),
    parts: 60_000,
  },
  'a group with many members': {
    method: 'POST',
    path: '/Groups',
    body: (size) => ({
      schemas: [GROUP],
      displayName: `members-${size}`,
      members: many(size, (at) => ({ value: uuid(at) })),
    }),
    parts: 20_000,
  },
  'a search with many attributes': {
    method: 'POST',
    path: '/Users/.search',
    body: (size) => ({ schemas: [SEARCH], attributes: many(size, (at) => `emails.unknown${at}`), count: 1 }),
    parts: 40_000,
  },
};

const bulkOf = (operation: (at: number) => object): Costly => ({
  method: 'POST',
  path: '/Bulk',
  body: (size) => ({ schemas: [BULK], Operations: many(size, operation) }),
  parts: 1000,
});
const padding = 'x'.repeat(800);
const group = (at: number, members: readonly string[]) => ({
  method: 'POST',
  path: '/Groups',
  bulkId: `g${at}`,
  data: {
    schemas: [USER],
    displayName: padding,
    members: members.map((member) => ({ value: `bulkId:${member}` })),
  },
});

export const bulks: Readonly<Record<string, Costly>> = {
  'operations that all fail': bulkOf((at) => ({ method: 'DELETE', path: `/Users/${uuid(at)}${padding}` })),
  'a chain of references': bulkOf((at) => group(at, [`g${at + 1}`])),
  'a chain of references the other way': bulkOf((at) => group(at, [`g${at - 1}`])),
  'everybody refers to everybody near': bulkOf((at) =>
    group(
      at,
      many(40, (step) => `g${at + step - 20}`),
    ),
  ),
  'references to nobody': bulkOf((at) =>
    group(
      at,
      many(40, (step) => `nobody${step}`),
    ),
  ),
};
