import { describe, expect, it } from 'vitest';
import { parseResource } from '../resource/parse-resource.ts';
import { valueLimits } from '../resource/read-simple.ts';
import { groupResourceType } from '../schema/resource-type.ts';
import { patchUser } from '../testing/patch.ts';
import { refusalOf } from '../testing/refusal.ts';
import { patchLimits } from './patch-limits.ts';

const many = <Item>(count: number, item: (at: number) => Item): Item[] =>
  Array.from({ length: count }, (_, at) => item(at));
const user = { userName: 'u' };

describe('what a PATCH may cost', () => {
  it('a multi-valued attribute has so many values, however they come', () => {
    const values = many(valueLimits.elements, (at) => ({ value: `${at}@x` }));
    const full = patchUser(user, { op: 'add', path: 'emails', value: values });
    expect(full.emails).toHaveLength(valueLimits.elements);
    const oneMore = { op: 'add', path: 'emails', value: [{ value: 'one more' }] };
    expect(refusalOf(() => patchUser(full, oneMore))).toMatchObject({
      status: 400,
      scimType: 'invalidValue',
    });
    expect(
      refusalOf(() => patchUser(user, { ...oneMore, value: [...values, { value: 'x' }] })),
    ).toMatchObject({
      status: 400,
      scimType: 'invalidValue',
    });
  });

  it('and fewer where each is compared with each', () => {
    const addresses = many(valueLimits.elementsWithoutValue + 1, (at) => ({ streetAddress: `${at}` }));
    const refused = refusalOf(() => patchUser(user, { op: 'add', path: 'addresses', value: addresses }));
    expect(refused).toMatchObject({ status: 400, scimType: 'invalidValue' });
  });

  it('it has so many operations', () => {
    const rename = { op: 'replace', path: 'displayName', value: 'x' };
    const most = many(patchLimits.maxOperations, () => rename);
    expect(patchUser(user, ...most).displayName).toBe('x');
    expect(refusalOf(() => patchUser(user, ...most, rename))).toMatchObject({ status: 413 });
  });

  it('members of a group are as many as there are', () => {
    const members = many(20_000, (at) => ({ value: `${at}` }));
    expect(parseResource({ displayName: 'G', members }, groupResourceType).members).toHaveLength(20_000);
  });

  it('operations that look through many values again and again are refused', () => {
    const emails = many(500, (at) => ({ value: `${at}@x`, type: 'work' }));
    const full = patchUser(user, { op: 'add', path: 'emails', value: emails });
    const again = many(500, (at) => ({
      op: 'replace',
      path: 'emails[type eq "work"].display',
      value: `${at}`,
    }));
    expect(refusalOf(() => patchUser(full, ...again))).toMatchObject({ status: 413 });
    expect(patchUser(full, ...again.slice(0, 20)).emails).toHaveLength(500);
  });
});
