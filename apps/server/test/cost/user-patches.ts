import { maxObjectMembers } from '@rollcall/scim-protocol';
import { ENTERPRISE, USER } from '../conformance/samples.ts';
import { type CostlyInputs, many, manyNames, oneOperation, patchOf } from './costly.ts';

const emailsOf = (at: number, count: number) =>
  many(count, (step) => ({ value: `${(at * count + step) % 190}@example.com`, type: 'work' }));

/** Changes of one user by many operations, as many as are allowed or more. */
export function manyUserOperations(userId: string): CostlyInputs {
  const path = `/Users/${userId}`;
  return {
    'more operations than are allowed': patchOf(path, 18_000, (at) => ({
      op: 'replace',
      path: 'title',
      value: `${at % 7}`,
    })),
    'one attribute set again and again': patchOf(path, 2_000, (at) => ({
      op: 'replace',
      path: 'title',
      value: `${at % 7}`.padEnd(400, 'x'),
    })),
    'other e-mail addresses with each operation': patchOf(path, 1_900, (at) => ({
      op: 'add',
      path: 'emails',
      value: emailsOf(at, 9),
    })),
    'a selected part with each operation': patchOf(path, 2_000, (at) => ({
      op: 'replace',
      path: `emails[type eq "${`t${at}`.padEnd(300, 'x')}"].value`,
      value: `${at}@x`,
    })),
    'a part of every value with each operation': patchOf(path, 2_000, (at) => ({
      op: 'replace',
      path: 'roles[value pr].display',
      value: `${at}`.padEnd(400, 'x'),
    })),
    'a long filter with each operation': patchOf(path, 1_600, (at) => ({
      op: 'replace',
      path: `emails[${many(40, () => 'type pr').join(' or ')}].display`,
      value: `${at}`,
    })),
    'primary moved with each operation': patchOf(path, 1_900, (at) => ({
      op: 'add',
      path: 'phoneNumbers',
      value: [{ value: `${at % 190}`, primary: true }, ...emailsOf(at, 7)],
    })),
    'addresses with each operation': patchOf(path, 100, () => ({
      op: 'add',
      path: 'addresses',
      value: many(50, (at) => ({ streetAddress: `${at} Street`.padEnd(150, 'x') })),
    })),
    'as many unknown attributes as are allowed with each operation': patchOf(path, 20, () => ({
      op: 'add',
      value: manyNames(maxObjectMembers, (step) => [`Unknown${step}`, 1]),
    })),
    'as many unknown parts as are allowed with each operation': patchOf(path, 15, () => ({
      op: 'add',
      value: manyNames(maxObjectMembers, (step) => [`name.unknown${step}`, 1]),
    })),
    'an extension of as many unknown attributes as are allowed with each operation': patchOf(
      path,
      20,
      () => ({
        op: 'add',
        value: { [ENTERPRISE]: manyNames(maxObjectMembers, (step) => [`Unknown${step}.x`, 1]) },
      }),
    ),
    'unknown attributes with each operation': patchOf(path, 2_000, (at) => ({
      op: 'add',
      value: manyNames(25, (step) => [`Unknown${step}x${at}`, 1]),
    })),
  };
}

/** Changes of one user by one operation that has many parts. */
export function wideUserOperations(userId: string): CostlyInputs {
  const path = `/Users/${userId}`;
  return {
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
    'many unknown attributes of an extension': oneOperation(path, 20_000, (size) => ({
      op: 'add',
      value: manyNames(size, (at) => [`${ENTERPRISE}:unknown${at}`.slice(-40), 'x']),
    })),
    'an extension of many unknown attributes': oneOperation(path, 40_000, (size) => ({
      op: 'add',
      value: { [ENTERPRISE]: manyNames(size, (at) => [`Unknown${at}.x`, 'x']) },
    })),
    'more short names than are allowed': oneOperation(path, 100_000, (size) => ({
      op: 'add',
      value: { [USER]: manyNames(size, (at) => [`k${at.toString(36)}`, 1]) },
    })),
    'many unknown parts of attributes': oneOperation(path, 30_000, (size) => ({
      op: 'add',
      value: manyNames(size, (at) => [`name.unknown${at}`, 'x']),
    })),
    'many selected parts': oneOperation(path, 20_000, (size) => ({
      op: 'add',
      value: manyNames(size, (at) => [`emails[type eq "${at}"].value`, `${at}@x`]),
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
