import { readFileSync } from 'node:fs';
import { maxHeaderSize } from 'node:http';
import { join } from 'node:path';
import {
  apiLimits,
  demandPrices,
  MAX_EVENTS_SHOWN,
  MAX_OWN_TOKEN_DAYS,
  MAX_TOKENS_OF_A_PERSON,
  requestLimits,
  secondFactorLimits,
  signInLimits,
} from '@rollcall/core';
import { maxBodyValues, defaultLimits as scim } from '@rollcall/scim';
import {
  defaultFilterLimits,
  maxBulkDataDepth,
  maxObjectMembers,
  maxProjectedNames,
  patchLimits,
  valueLimits,
} from '@rollcall/scim-protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEnvironment } from '../src/environment.ts';
import { MAX_DIRECTIVES, MAX_TOKENS } from '../src/graphql/limits.ts';
import { MAX_MESSAGE_BYTES } from '../src/graphql/sockets.ts';
import { MAX_UNREAD_BYTES, UNREAD_FOR_MS } from '../src/graphql/watch-reading.ts';
import { HeldBytes } from '../src/http/held-bytes.ts';
import { MAX_SIGN_IN_BYTES } from '../src/sign-in/auth-answers.ts';
import { exchange } from './clients/http-exchange.ts';
import { type Company, openServerWorld, type ServerWorld } from './world.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/limits.md'), 'utf8');
const environment = readEnvironment({});

const MAX_SEGMENT = 100;
const MAX_TEXT = 1024;
const MAX_NAME_BYTES = 2048;
const MAX_VALUES = 200;

/** Every limit that the page publishes, as the code has it. */
const limits: Record<string, number> = {
  'requests of one token or session': environment.RATE_LIMIT_PER_MINUTE,
  'tokens and sessions that are not valid, from one address':
    environment.RATE_LIMIT_WRONG_CREDENTIALS_PER_MINUTE,
  'attempts to sign in, from one address': environment.RATE_LIMIT_SIGN_INS_PER_MINUTE,
  'attempts to sign in that fail, from one address': environment.RATE_LIMIT_FAILED_SIGN_INS_PER_MINUTE,
  'attempts to sign in as somebody that are heard at once': signInLimits.freeAttempts,
  'seconds that the next attempt waits at most': signInLimits.maxDelaySeconds,
  'accounts that are looked for under one e-mail address': signInLimits.maxAccounts,
  'characters of a password, at least': signInLimits.minPasswordLength,
  'minutes that a link to set a password works': signInLimits.resetMinutes,
  'such links that work at a time, of one person': signInLimits.maxOpenResets,
  'sessions of a person that are listed': signInLimits.maxListedSessions,
  'seconds between the password and the second factor': secondFactorLimits.pendingSeconds,
  'second factors that are tried after one password': secondFactorLimits.maxAttempts,
  'seconds that a passkey takes to answer': secondFactorLimits.challengeSeconds,
  'seconds that a proof of who one is counts': secondFactorLimits.proofSeconds,
  'recovery codes of a person': secondFactorLimits.recoveryCodes,
  'passkeys of a person': secondFactorLimits.maxPasskeys,
  'tokens that a person issues for themselves': MAX_TOKENS_OF_A_PERSON,
  'days that such a token lives': MAX_OWN_TOKEN_DAYS,
  'address and headers together, bytes': maxHeaderSize,
  'a segment of a path, characters': MAX_SEGMENT,
  'body of a SCIM request, bytes': scim.maxBodyBytes,
  'body of a SCIM bulk request, bytes': scim.maxBulkBytes,
  'body of a GraphQL request, bytes': apiLimits.maxBodyBytes,
  'body of a request to sign in, bytes': MAX_SIGN_IN_BYTES,
  'bodies of requests that are not answered yet, bytes': HeldBytes.most,
  'of them those of one account, bytes': HeldBytes.mostOfOne,
  'values of a body, at all levels': maxBodyValues,
  'message of a WebSocket, bytes': MAX_MESSAGE_BYTES,
  'seconds until the headers are there': environment.HEADERS_TIMEOUT_SECONDS,
  'seconds until the body is there': environment.REQUEST_TIMEOUT_SECONDS,
  'seconds that a statement takes': apiLimits.maxStatementSeconds,
  'seconds that a request waits for its turn': apiLimits.maxWaitSeconds,
  'characters of a body in a request record': requestLimits.body,
  'characters of its path': requestLimits.path,
  'characters of any other text of it': requestLimits.text,
  'bytes of a body or an answer of which a part is kept': requestLimits.lookedThrough,
  'events that are shown with a request': MAX_EVENTS_SHOWN,
  'requests that wait to be recorded': requestLimits.waiting,
  'bytes of bodies that wait to be recorded': requestLimits.waitingBytes,
  'filter, characters': defaultFilterLimits.maxLength,
  'filter, levels of parentheses and brackets': defaultFilterLimits.maxDepth,
  'filter, comparisons': defaultFilterLimits.maxTerms,
  'names in `attributes` or `excludedAttributes`': maxProjectedNames,
  'resources of a page, when `count` is not said': scim.defaultPageSize,
  'resources of a page': scim.maxPageSize,
  'seconds for which a cursor is good': scim.cursorTimeoutSeconds,
  'operations of a bulk request': scim.maxBulkOperations,
  'data of a bulk operation, levels': maxBulkDataDepth,
  'members of an object in a body': maxObjectMembers,
  'operations of a PATCH, each attribute that one sets': patchLimits.maxOperations,
  'values that the operations of a PATCH look at after the first': patchLimits.maxValuesVisited,
  "times a PATCH is computed anew for others' changes": scim.maxPatchAttempts,
  'a text (certificates and pictures: 65,536), characters': MAX_TEXT,
  'userName, externalId, manager, names of teams, roles and connections, bytes when folded': MAX_NAME_BYTES,
  'values of a multi-valued attribute': MAX_VALUES,
  addresses: valueLimits.elementsWithoutValue,
  depth: apiLimits.maxDepth,
  aliases: apiLimits.maxAliases,
  directives: MAX_DIRECTIVES,
  'words and signs of a document': MAX_TOKENS,
  cost: apiLimits.maxCost,
  'objects of a page, when nothing is said': apiLimits.defaultPageSize,
  'objects of a page': apiLimits.maxPageSize,
  'ids that something is read by': apiLimits.maxIds,
  'comparisons of a filter': apiLimits.maxFilterComparisons,
  'levels of the value of an argument or variable': apiLimits.maxInputDepth,
  'items of a batch': apiLimits.maxBatchSize,
  'subscriptions of a WebSocket': apiLimits.maxSubscriptionsPerSocket,
  'subscriptions with one credential': apiLimits.maxSubscriptionsPerCredential,
  'subscriptions of an account': apiLimits.maxSubscriptionsPerAccount,
  'WebSockets with one credential': apiLimits.maxSocketsPerCredential,
  'bytes that wait for a client when another message follows': MAX_UNREAD_BYTES,
  'seconds for which a client reads nothing of what waits': UNREAD_FOR_MS / 1000,
};

/** The rows of the page's tables, without their heads: what, and how much. */
const published = [...page.matchAll(/^\| (.+?) +\| ([\d,]+) +\|/gm)].map(([, what, limit]) => [
  what,
  Number(limit?.replaceAll(',', '')),
]);

/** What comparisons cost, as the page has it. */
const prices: Record<string, number> = {
  'a column: `userName`, `name.familyName`, `department`, `createdAt`': demandPrices.column,
  'a list: `emails`, `addresses`, a custom attribute': demandPrices.list,
  'other rows: `teams`, `members`, `roleId`, `managerDisplayName`': demandPrices.rows,
  '`search`': demandPrices.search,
};

test('docs/limits.md publishes every limit as the code has it, and no other', () => {
  const expected = { ...limits, ...prices };
  expect(Object.fromEntries(published)).toEqual(expected);
  expect(published).toHaveLength(Object.keys(expected).length);
});

test('docs/limits.md names the variables that the environment knows', () => {
  const named = [...page.matchAll(/`(RATE_LIMIT_\w+)`/g)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(environment).filter((name) => name.startsWith('RATE_LIMIT_')));
});

describe('a limit without a constant to read is kept', () => {
  let server: ServerWorld;
  let company: Company;
  beforeAll(async () => {
    server = await openServerWorld();
    company = await server.company();
  });
  afterAll(() => server.close());

  const create = async (userName: string, more: object) => {
    const { status, text } = await exchange(server.origin, {
      method: 'POST',
      path: `/scim/v2/${company.id}/Users`,
      headers: { authorization: `Bearer ${company.idp.token}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName, ...more }),
    });
    return { status, scimType: JSON.parse(text).scimType };
  };
  const emails = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ value: `${at}@example.com` }));

  test('of a text', async () => {
    expect((await create('long', { title: 'x'.repeat(MAX_TEXT) })).status).toBe(201);
    const refused = await create('longer', { title: 'x'.repeat(MAX_TEXT + 1) });
    expect(refused).toEqual({ status: 400, scimType: 'invalidValue' });
  });

  test('of a name, in bytes when folded', async () => {
    const name = (bytes: number) => `É${'中'.repeat(600)}${'x'.repeat(bytes - 1802)}`;
    expect((await create(name(MAX_NAME_BYTES), {})).status).toBe(201);
    const refused = await create(name(MAX_NAME_BYTES + 1), {});
    expect(refused).toEqual({ status: 400, scimType: 'invalidValue' });
  });

  test('of the values of an attribute', async () => {
    expect((await create('many', { emails: emails(MAX_VALUES) })).status).toBe(201);
    const refused = await create('more', { emails: emails(MAX_VALUES + 1) });
    expect(refused).toEqual({ status: 400, scimType: 'invalidValue' });
  });

  test('of a segment', async () => {
    const headers = { authorization: `Bearer ${company.idp.token}` };
    const status = async (length: number) =>
      (
        await exchange(server.origin, {
          method: 'GET',
          path: `/scim/v2/Users/${'x'.repeat(length)}`,
          headers,
        })
      ).status;
    expect(await status(MAX_SEGMENT)).toBe(404);
    expect(await status(MAX_SEGMENT + 1)).toBe(414);
  });

  test('of the bodies of SCIM and GraphQL', async () => {
    const post = (path: string, bytes: number) =>
      exchange(server.origin, {
        method: 'POST',
        path,
        headers: { authorization: `Bearer ${company.idp.token}`, 'content-type': 'application/json' },
        body: Buffer.alloc(bytes, ' '),
      });
    const beyond = await post('/scim/v2/Users', scim.maxBodyBytes + 1);
    expect([beyond.status, JSON.parse(beyond.text)]).toMatchObject([413, { status: '413' }]);
    expect((await post('/scim/v2/Users', scim.maxBodyBytes)).status).toBe(400);
    expect((await post('/graphql', apiLimits.maxBodyBytes + 1)).status).toBe(413);
    expect((await post('/auth/sign-in', MAX_SIGN_IN_BYTES + 1)).status).toBe(413);
  });
});
