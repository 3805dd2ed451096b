import { maxObjectMembers } from '@rollcall/scim-protocol';
import { GROUP, USER } from '../conformance/samples.ts';
import { type Costly, type CostlyInputs, many, manyNames, postOf, uuid } from './costly.ts';

const user = (parts: number, attributes: (size: number) => object): Costly =>
  postOf('/Users', parts, (size) => ({ schemas: [USER], userName: 'taken', ...attributes(size) }));

const group = (parts: number, member: (at: number) => unknown): Costly =>
  postOf('/Groups', parts, (size) => ({
    schemas: [GROUP],
    displayName: 'taken',
    members: many(size, member),
  }));

/** Users and groups to be created. */
export const resources: CostlyInputs = {
  'a user with many e-mail addresses': user(40_000, (size) => ({
    emails: many(size, (at) => ({ value: `${at}@x` })),
  })),
  'a user with many addresses': user(30_000, (size) => ({
    addresses: many(size, (at) => ({ streetAddress: `${at} Street` })),
  })),
  'a user with one value under many types': user(20_000, (size) => ({
    emails: many(size, (at) => ({ value: 'same', type: `type ${at}` })),
  })),
  'members at addresses of nothing but slashes': group(10, (at) => ({ $ref: `${'/'.repeat(100_000)}${at}` })),
  'a user with many unknown attributes': user(40_000, (size) =>
    manyNames(size, (at) => [`unknown${at}`, at]),
  ),
  'a user with more short names than are allowed': user(100_000, (size) => ({
    [USER]: manyNames(size, (at) => [`k${at.toString(36)}`, 1]),
  })),
  'a user with many objects of as many short names as are allowed': user(100_000, (size) => ({
    [USER]: manyNames(maxObjectMembers, (at) => [`k${at.toString(36)}`, 1]),
    unknown: many(size / maxObjectMembers, () =>
      manyNames(maxObjectMembers, (at) => [`k${at.toString(36)}`, 1]),
    ),
  })),
  'e-mail addresses with many unknown parts': user(48_000, (size) => ({
    emails: many(200, (at) => ({
      value: `${at}@x`,
      ...manyNames(size / 200, (step) => [`Unknown${step}x${at}`, 1]),
    })),
  })),
  'a user with many schemas': user(60_000, (size) => ({
    schemas: [USER, ...many(size, (at) => `urn:x:${at}`)],
  })),
  'a group with many members': group(20_000, (at) => ({ value: uuid(at) })),
  'a group with many bare members': group(25_000, uuid),
  'a group with members of many types': group(12_000, (at) => ({ value: uuid(at), type: `type ${at}` })),
  'a group with members by address alone': group(20_000, (at) => ({ $ref: `https://x.example/Users/${at}` })),
  'a group with members of nothing': group(250_000, () => ({})),
};
