import { describe, expect, it } from 'vitest';
import { invalidValue } from '../errors.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { refusalOf } from '../testing/refusal.ts';
import { bulkResponse, parseBulkRequest } from './bulk.ts';
import { isRefused } from './bulk-operation.ts';
import { contentOf, divideByReferences, maxBulkDataDepth, resolveBulkReferences } from './bulk-references.ts';

const post = { method: 'post', path: '/Users', bulkId: 'q', data: { userName: 'a' } };

function parse(...Operations: JsonValue[]) {
  return parseBulkRequest({ Operations }, { maxOperations: 5 }).operations;
}

describe('a bulk request (RFC 7644 §3.7)', () => {
  it('has operations and failOnErrors', () => {
    expect(
      parseBulkRequest(
        { failOnErrors: 1, operations: [post, { method: 'DELETE', path: '/Users/1', data: {} }] },
        { maxOperations: 2 },
      ),
    ).toEqual({
      failOnErrors: 1,
      operations: [
        { ...post, method: 'POST' },
        { method: 'DELETE', path: '/Users/1' },
      ],
    });
  });

  it('takes failOnErrors 0 for none', () => {
    const body = { failOnErrors: 0, Operations: [post] };
    expect(parseBulkRequest(body, { maxOperations: 1 })).not.toHaveProperty('failOnErrors');
  });

  it('with more operations than published is 413 and says how many there may be (§3.7.4)', () => {
    const refusal = refusalOf(() => parseBulkRequest({ Operations: [post, post] }, { maxOperations: 1 }));
    expect(refusal).toMatchObject({ status: 413, detail: expect.stringMatching(/ 1 .*maxOperations/) });
  });

  it.each<[JsonObject]>([
    [{}],
    [{ schemas: ['urn:x'], Operations: [post] }],
    [{ Operations: [] }],
    [{ Operations: { 0: post } }],
    [{ failOnErrors: 'x', Operations: [post] }],
    [{ failOnErrors: 1.5, Operations: [post] }],
  ])('%j is none', (body) => {
    expect(refusalOf(() => parseBulkRequest(body, { maxOperations: 5 })).status).toBe(400);
  });
});

describe('an operation that can not be carried out', () => {
  it.each<[JsonValue, object]>([
    ['x', {}],
    [null, {}],
    [{ path: '/Users' }, { path: '/Users' }],
    [
      { method: 'get', path: '/Users', bulkId: 'g' },
      { method: 'GET', path: '/Users', bulkId: 'g' },
    ],
    [
      { method: 'PUT', path: 'Users/1', data: {} },
      { method: 'PUT', path: 'Users/1' },
    ],
    [{ method: 'PUT', data: {} }, { method: 'PUT' }],
    [
      { method: 'POST', path: '/Users', data: {} },
      { method: 'POST', path: '/Users' },
    ],
    [
      { method: 'POST', path: '/Users', bulkId: '', data: {} },
      { method: 'POST', path: '/Users', bulkId: '' },
    ],
    [
      { method: 'PATCH', path: '/Users/1' },
      { method: 'PATCH', path: '/Users/1' },
    ],
    [
      { ...post, bulkId: 5 },
      { method: 'POST', path: '/Users' },
    ],
    [
      { ...post, version: 5 },
      { method: 'POST', path: '/Users', bulkId: 'q' },
    ],
  ])('%j is refused, and the others are not', (operation, repeated) => {
    const [refused, sound] = parse(operation, { ...post, bulkId: 'sound' });
    expect(refused).toEqual({ ...repeated, error: expect.objectContaining({ status: 400 }) });
    expect(sound).toEqual({ ...post, method: 'POST', bulkId: 'sound' });
  });

  it('is each POST of a bulkId that several have: nobody knows which one a reference means', () => {
    const operations = parse(
      post,
      post,
      { ...post, bulkId: 'r' },
      { method: 'DELETE', path: '/Users/1', bulkId: 'r' },
    );
    expect(operations.map(isRefused)).toEqual([true, true, false, false]);
  });
});

describe('references (§3.7.2)', () => {
  const operation = {
    method: 'PATCH' as const,
    path: '/Groups/bulkId:g',
    data: {
      Operations: [
        {
          op: 'add',
          path: 'members[value eq "bulkId:p"]',
          value: ['bulkId:q with space', 'no bulkId:z', 5, { $ref: '../Users/bulkId:r' }],
        },
      ],
    },
  };

  it('are in path, value, filter and $ref', () => {
    expect([...contentOf(operation).references]).toEqual(['g', 'p', 'q with space', 'r']);
  });

  it('give way to ids, as far as those are known', () => {
    const ids = new Map([
      ['g', '1'],
      ['q with space', '2'],
      ['p', '3'],
    ]);
    const value = ['2', 'no bulkId:z', 5, { $ref: '../Users/bulkId:r' }];
    expect(resolveBulkReferences(operation, ids)).toEqual({
      method: 'PATCH',
      path: '/Groups/1',
      data: { Operations: [{ op: 'add', path: 'members[value eq "3"]', value }] },
    });
  });

  it('are not looked for without end', () => {
    const data = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`);
    expect(refusalOf(() => contentOf({ method: 'POST', path: '/Users', data })).scimType).toBe(
      'invalidSyntax',
    );
  });

  it('are looked for as deep as is published', () => {
    const nested = (levels: number): JsonValue => (levels === 0 ? 'bulkId:g' : [nested(levels - 1)]);
    const find = (levels: number) => contentOf({ method: 'POST', path: '/Users', data: nested(levels) });
    expect([...find(maxBulkDataDepth).references]).toEqual(['g']);
    expect(refusalOf(() => find(maxBulkDataDepth + 1)).scimType).toBe('invalidSyntax');
  });

  it('are found in time that grows with the text, whatever it is', () => {
    const data = ['"bulkId:', '/bulkId:', 'bulkId:"'].map((part) => part.repeat(100_000));
    const before = performance.now();
    contentOf({ method: 'POST', path: '/Users', data });
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});

describe('what closes a cycle (§3.7.1)', () => {
  const [a, b] = [{ value: 'bulkId:a' }, { value: 'bulkId:b' }];

  it.each<[JsonValue, JsonValue | undefined, JsonValue | undefined]>([
    [{ displayName: 'G', members: [a, b] }, { displayName: 'G', members: [b] }, { members: [a] }],
    [{ displayName: 'G', members: [a] }, { displayName: 'G' }, { members: [a] }],
    [
      { userName: 'u', 'urn:x': { department: 'd', manager: a } },
      { userName: 'u', 'urn:x': { department: 'd' } },
      { 'urn:x': { manager: a } },
    ],
    [{ displayName: 'G', members: [b] }, { displayName: 'G', members: [b] }, undefined],
    [{ displayName: 'bulkId:a' }, undefined, { displayName: 'bulkId:a' }],
  ])('is set apart from %j', (data, rest, references) => {
    expect(divideByReferences(data, new Set(['a']))).toEqual({ rest, references });
  });
});

describe('a bulk response (§3.7.3)', () => {
  it('has status as a string, and the error of what failed', () => {
    const { Operations } = bulkResponse([
      { method: 'POST', outcome: 201, bulkId: 'q', location: 'l' },
      { method: undefined, outcome: invalidValue('x', 'is wrong.') },
    ]);
    expect(Operations).toEqual([
      { location: 'l', method: 'POST', bulkId: 'q', status: '201' },
      {
        status: '400',
        response: {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
          scimType: 'invalidValue',
          detail: 'x is wrong.',
          status: '400',
        },
      },
    ]);
  });
});
