import { expect, test } from 'vitest';
import { accountPermissions } from '../../authorization/permissions.ts';
import {
  addDomain,
  createSignInConnection,
  eventsAbout,
  refused,
  removeDomain,
  run,
  signInConnectionInput,
  verifyDomain,
} from '../../testing/directory.ts';
import { txtRecords } from '../../testing/txt-records.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const world = useWorld();
const account = useAccount(world);

interface DomainData {
  readonly id: string;
  readonly name: string;
  readonly txtName: string;
  readonly txtValue: string;
  readonly verifiedAt: string | null;
}

const add = async (name: string): Promise<DomainData> =>
  (await run<{ domain: DomainData }>(account.admin, addDomain, { name })).domain;

test('a domain is proven by the record that it was given, and by no other', async () => {
  const { id, txtName, txtValue, verifiedAt } = await add(' Example.COM. ');
  expect([txtName, verifiedAt]).toEqual(['_rollcall.example.com', null]);
  for (const texts of [[], ['v=spf1 -all'], [`${txtValue}0`], [txtValue.toUpperCase()]]) {
    txtRecords.set(txtName, texts);
    const refusal = await refused(account.admin, verifyDomain, { id });
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', field: 'id' });
    const [there] = texts;
    expect(refusal.message).toContain(
      there === undefined ? 'There is no TXT record there.' : `There is "${there}".`,
    );
  }
  txtRecords.set(txtName, ['v=spf1 -all', txtValue]);
  const first = await run<{ domain: DomainData; found: string[] }>(account.admin, verifyDomain, { id });
  expect(first.domain.verifiedAt).toMatch(/^\d{4}-/);
  expect(first.found).toEqual(['v=spf1 -all', txtValue]);
  expect(await run(account.admin, verifyDomain, { id })).toEqual(first);
  await run(account.admin, removeDomain, { id });
  const types = (await eventsAbout(account.admin, id)).map(({ type }) => type);
  expect(types.toSorted()).toEqual(['DOMAIN_ADDED', 'DOMAIN_REMOVED', 'DOMAIN_VERIFIED']);
});

test('the record of one account proves nothing to another', async () => {
  const ours = await add('shared.example');
  const other = await world.account();
  const theirs = await run<{ domain: DomainData }>(other.admin, addDomain, { name: 'shared.example' });
  expect(theirs.domain.txtValue).not.toBe(ours.txtValue);
  txtRecords.set(ours.txtName, [ours.txtValue]);
  await run(account.admin, verifyDomain, { id: ours.id });
  expect(await refused(other.admin, verifyDomain, { id: theirs.domain.id })).toMatchObject({ field: 'id' });
});

test('where a provider lets people in by their address, a domain is proven by who has every permission', async () => {
  const { admin, withPermissions } = await world.account();
  const almostAll = await withPermissions(...accountPermissions.filter((each) => each !== 'tokens:write'));
  const addProvable = async (name: string) => {
    const { domain } = await run<{ domain: DomainData }>(admin, addDomain, { name });
    txtRecords.set(domain.txtName, [domain.txtValue]);
    return { id: domain.id };
  };
  await run(almostAll, verifyDomain, await addProvable('before.example'));
  const byEmail = { linkRule: 'VERIFIED_EMAIL', connectionId: null };
  await run(admin, createSignInConnection, { ...signInConnectionInput('Login'), ...byEmail });
  const after = await addProvable('after.example');
  expect(await refused(almostAll, verifyDomain, after)).toMatchObject({
    code: 'FORBIDDEN',
    permission: 'tokens:write',
  });
  await run(admin, verifyDomain, after);
});

test('a name in other letters is that of the DNS', async () => {
  expect((await add('Bücher.example')).name).toBe('xn--bcher-kva.example');
  expect(await refused(account.admin, addDomain, { name: 'XN--BCHER-KVA.example' })).toMatchObject({
    code: 'ALREADY_EXISTS',
    field: 'name',
  });
});

test.each([
  '',
  'localhost',
  'a b.example',
  'ada@example.com',
  'example..com',
  '127.0.0.1',
  `${'a'.repeat(64)}.example`,
])('%j is no domain', async (name) => {
  expect(await refused(account.admin, addDomain, { name })).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'name',
  });
});
