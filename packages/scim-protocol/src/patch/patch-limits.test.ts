import { describe, expect, it } from 'vitest';
import { parseResource } from '../resource/parse-resource.ts';
import { valueLimits } from '../resource/read-simple.ts';
import { groupResourceType } from '../schema/resource-type.ts';
import { refusalOf } from '../testing/refusal.ts';
import { patchLimits } from './patch-limits.ts';
import { patchGroup, patchUser, userOperations } from './testing/operations.ts';

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

  it('each attribute that an operation sets counts, and what nobody knows does not', () => {
    const emails = many(patchLimits.maxOperations, (at) => [`emails[type eq "${at}"].value`, `${at}@x`]);
    const unknown = many(patchLimits.maxOperations, (at) => [`unknown${at}`, 'x']);
    const add = (entries: string[][]) => ({ op: 'add', value: Object.fromEntries(entries) });
    expect(patchUser(user, add([...unknown, ['title', 'x']])).title).toBe('x');
    expect(userOperations([add(emails)])).toHaveLength(patchLimits.maxOperations);
    expect(refusalOf(() => userOperations([add([...emails, ['title', 'x']])]))).toMatchObject({
      status: 413,
    });
    expect(refusalOf(() => userOperations([add(emails), add([['title', 'x']])]))).toMatchObject({
      status: 413,
    });
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

  it('each comparison of a filter looks at all of them', () => {
    const emails = many(500, (at) => ({ value: `${at}@x`, type: 'work' }));
    const full = patchUser(user, { op: 'add', path: 'emails', value: emails });
    const filter = many(30, () => 'type eq "home"').join(' or ');
    const again = many(3, () => ({ op: 'remove', path: `emails[${filter} or (not (type pr))]` }));
    expect(refusalOf(() => patchUser(full, ...again))).toMatchObject({ status: 413 });
    expect(patchUser(full, ...again.slice(0, 2)).emails).toHaveLength(500);
  });

  it('one operation may look at all members of any group', () => {
    const members = many(2 * patchLimits.maxValuesVisited, (at) => ({ value: `${at}`, type: 'User' }));
    const group = { displayName: 'G', members: [...members, { value: 'g', type: 'Group' }] };
    const remove = { op: 'remove', path: 'members[type eq "Group"]' };
    expect(patchGroup(group, remove).members).toHaveLength(members.length);
    expect(refusalOf(() => patchGroup(group, remove, remove))).toMatchObject({ status: 413 });
  });

  it('operations that add one value each are as good as one that adds them all', () => {
    const values = many(900, (at) => ({
      value: `${at % 600}@X`,
      ...(at % 7 === 0 ? { primary: true } : {}),
    }));
    const each = values.map((value) => ({ op: 'add', path: 'emails', value: [value] }));
    const emails = patchUser(user, ...each).emails;
    expect(emails).toHaveLength(600);
    expect(emails).toContainEqual({ value: '296@X', primary: true });
    expect(JSON.stringify(emails).match(/"primary":true/g)).toHaveLength(1);
  });
});
