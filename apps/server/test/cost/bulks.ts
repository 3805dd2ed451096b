import { maxObjectMembers } from '@rollcall/scim-protocol';
import { USER } from '../conformance/samples.ts';
import { type Costly, type CostlyInputs, many, manyNames, postOf, uuid } from './costly.ts';

const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

const bulkOf = (operation: (at: number) => object, parts = 1_000): Costly =>
  postOf('/Bulk', parts, (size) => ({ schemas: [BULK], Operations: many(size, operation) }));

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

/** How many users of short names come to a megabyte. */
const SHORT_NAMED = 35;
const ofShortNames = (at: number) => ({
  method: 'POST',
  path: '/Users',
  bulkId: `${at}`,
  data: manyNames(maxObjectMembers - 1, (step) => [`k${step.toString(36)}${at.toString(36)}`, 1]),
});

export const bulks: CostlyInputs = {
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
  'changes of the members of one group': bulkOf(
    (at) => ({
      method: 'PATCH',
      path: `/Groups/${uuid(0)}`,
      data: {
        Operations: many(90, (step) => ({ op: 'add', path: 'members', value: [{ value: uuid(at + step) }] })),
      },
    }),
    120,
  ),
  'users without a name and with many unknown attributes': bulkOf(
    (at) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `${at}`,
      data: { schemas: [USER], ...manyNames(300, (step) => [`Unknown${step}x${at}`, 1]) },
    }),
    180,
  ),
  'users of nothing but short names': bulkOf(ofShortNames, SHORT_NAMED),
  'users of nothing but short names, who refer to one that fails': bulkOf(
    (at) => ({ ...ofShortNames(at), data: { ...ofShortNames(at).data, [`k${at}`]: 'bulkId:0' } }),
    SHORT_NAMED,
  ),
  'users of nothing but objects of one short name': bulkOf(
    (at) => ({
      ...ofShortNames(at),
      data: { emails: many(1_000, (step) => ({ [`k${step.toString(36)}${at.toString(36)}`]: 1 })) },
    }),
    SHORT_NAMED * 2,
  ),
  'users of nothing but short names, one of them left out': bulkOf(
    (at) => ({ ...ofShortNames(at), ['__proto__']: at }),
    SHORT_NAMED,
  ),
  'users of nothing but short names, one of them twice': {
    ...bulkOf(ofShortNames, SHORT_NAMED),
    spoil: (json) => json.replace(/}$/, ',"k":1,"k":2}'),
  },
};
