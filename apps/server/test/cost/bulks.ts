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
};
