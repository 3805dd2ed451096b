import { digestOf, type RequestContext } from '@rollcall/core';
import type { FastifyRequest } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { RequestOwners } from '../src/scheduling/request-owners.ts';
import { type Company, openServerWorld, type ServerWorld, tokenOf } from './world.ts';

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
});
afterAll(() => server.close());

const requestWith = (token: string) => ({ rateKey: digestOf(token), ip: '192.0.2.1' }) as FastifyRequest;

test('a credential is its account’s once it was right, and its address’s until then', async () => {
  const owners = new RequestOwners();
  const createContext = owners.watching(server.core.createContext);
  const token = tokenOf(company.admin);
  expect(owners.ownerOf(requestWith(token))).toBe('192.0.2.1');
  await createContext({ authorization: `Bearer ${token}` });
  expect(owners.ownerOf(requestWith(token))).toBe(company.id);
  await createContext({ authorization: 'Bearer somebody' });
  expect(owners.ownerOf(requestWith('somebody'))).toBe('192.0.2.1');
});

test('whoever goes on with a credential that has ended takes no turn of the account', async () => {
  const owners = new RequestOwners();
  const createContext = owners.watching(server.core.createContext);
  const { issueToken } = await server
    .graphql(tokenOf(company.admin))
    .query(
      z.object({ issueToken: z.object({ secret: z.string(), token: z.object({ id: z.string() }) }) }),
      'mutation { issueToken(input: { kind: API, name: "short" }) { secret token { id } } }',
    );
  const { secret, token } = issueToken;
  await createContext({ authorization: `Bearer ${secret}` });
  expect(owners.ownerOf(requestWith(secret))).toBe(company.id);
  await company.admin.query(
    'mutation ($id: ID!) { revokeToken(input: { id: $id }) { token { id } } }',
    token,
  );
  await createContext({ authorization: `Bearer ${secret}` });
  expect(owners.ownerOf(requestWith(secret))).toBe('192.0.2.1');
});

test('an account that an operator named is not charged for what the operator asks about another', async () => {
  const owners = new RequestOwners();
  const createContext = owners.watching(server.core.createContext);
  const { authorization } = server.world.operator;
  await createContext({ authorization, 'rollcall-account': company.id });
  const token = authorization?.replace('Bearer ', '') ?? '';
  expect(owners.ownerOf(requestWith(token))).toBe('OPERATOR');
});

test('of very many credentials those that are used are remembered', async () => {
  const owners = new RequestOwners();
  const viewer = { kind: 'TOKEN', accountId: company.id };
  const createContext = owners.watching(
    async ({ authorization = '' }) =>
      ({ viewer, credentialDigest: digestOf(authorization) }) as unknown as RequestContext,
  );
  for (let n = 0; n < 10_001; n += 1) {
    await createContext({ authorization: `other-${n}` });
    if (n % 100 === 0) await createContext({ authorization: 'ours' });
  }
  expect(owners.ownerOf(requestWith('ours'))).toBe(company.id);
  expect(owners.ownerOf(requestWith('other-9998'))).toBe(company.id);
  expect(owners.ownerOf(requestWith('other-0'))).toBe('192.0.2.1');
});
