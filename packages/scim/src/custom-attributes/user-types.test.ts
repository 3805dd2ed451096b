import type { GraphQLClient } from '@rollcall/graphql-client';
import { resolveAttribute, userResourceType } from '@rollcall/scim-protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { refusal } from '../testing/scripted-client.ts';
import type { CustomAttributeResult } from './documents.ts';
import { createUserTypes } from './user-types.ts';

const URN = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User';
const caller = { authorization: 'Bearer secret' };

const badge: CustomAttributeResult = {
  schema: URN,
  name: 'badge',
  type: 'STRING',
  multiValued: false,
  required: true,
  caseExact: true,
  canonicalValues: ['red'],
  uniqueness: 'SERVER',
  description: null,
};

/** A client of accounts whose definitions are set by hand, by authorization. */
function accountsClient(definitions: Record<string, CustomAttributeResult[]>) {
  const asked: string[] = [];
  const client: GraphQLClient = {
    prepare() {},
    async execute(document, _variables, { authorization = '' }) {
      const [definition] = document.definitions;
      asked.push((definition && 'name' in definition && definition.name?.value) || '');
      const customAttributes = definitions[authorization];
      if (customAttributes === undefined) throw refusal('FORBIDDEN');
      const version = customAttributes.length === 0 ? null : JSON.stringify(customAttributes);
      return JSON.parse(JSON.stringify({ customAttributesVersion: version, customAttributes }));
    },
  };
  return { client, asked };
}

test('an account without definitions has the constant type, so that what is derived of it is shared', async () => {
  const { client, asked } = accountsClient({ 'Bearer secret': [] });
  expect(await createUserTypes(client, { believedForMs: 0 }).of(caller)).toBe(userResourceType);
  expect(asked).toEqual(['ScimCustomAttributesVersion']);
});

test('who may not see what is defined is served as if nothing were', async () => {
  const { client } = accountsClient({});
  expect(await createUserTypes(client, { believedForMs: 0 }).of(caller)).toBe(userResourceType);
});

test('a definition becomes an attribute with its characteristics', async () => {
  const { client } = accountsClient({
    'Bearer secret': [badge, { ...badge, name: 'page', type: 'REFERENCE' }],
  });
  const userType = await createUserTypes(client, { believedForMs: 0 }).of(caller);
  expect(userType.extensions.map(({ schema }) => schema.id)).toEqual([
    ...userResourceType.extensions.map(({ schema }) => schema.id),
    URN,
  ]);
  expect(resolveAttribute(userType, `${URN}:BADGE`)?.attribute).toEqual({
    name: 'badge',
    description: 'badge',
    type: 'string',
    multiValued: false,
    required: true,
    caseExact: true,
    canonicalValues: ['red'],
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'server',
  });
  expect(resolveAttribute(userType, `${URN}:page`)?.attribute).toMatchObject({
    referenceTypes: ['external'],
  });
});

test('one type for one version, and another for another', async () => {
  const definitions = { 'Bearer secret': [badge] };
  const { client, asked } = accountsClient(definitions);
  const userTypes = createUserTypes(client, { believedForMs: 0 });
  const first = await userTypes.of(caller);
  expect(await userTypes.of(caller)).toBe(first);
  definitions['Bearer secret'] = [badge, { ...badge, name: 'desk' }];
  expect(await userTypes.of(caller)).not.toBe(first);
  expect(asked.filter((operation) => operation === 'ScimCustomAttributes').length).toBe(2);
});

describe('a version that is believed for a while', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is asked for again when that has passed, and for each caller', async () => {
    const { client, asked } = accountsClient({ 'Bearer secret': [badge], 'Bearer other': [] });
    const userTypes = createUserTypes(client, { believedForMs: 5000 });
    const first = await userTypes.of(caller);
    vi.advanceTimersByTime(4999);
    expect(await userTypes.of(caller)).toBe(first);
    expect(asked.length).toBe(2);
    expect(await userTypes.of({ authorization: 'Bearer other' })).toBe(userResourceType);
    vi.advanceTimersByTime(1);
    await userTypes.of(caller);
    expect(asked.slice(3)).toEqual(['ScimCustomAttributesVersion']);
  });
});
