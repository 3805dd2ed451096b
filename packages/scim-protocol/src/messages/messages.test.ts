import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { userResourceType } from '../schema/resource-type.ts';
import { refusalOf } from '../testing/refusal.ts';
import { bulkResponse, parseBulkRequest } from './bulk.ts';
import { bulkReferences, resolveBulkReferences } from './bulk-references.ts';
import { listResponse } from './list-response.ts';
import { parsePagination } from './pagination.ts';
import { parseSearchQuery, parseSearchRequest } from './search-request.ts';
import { parseSorting } from './sorting.ts';

const limits = { defaultCount: 100, maxCount: 500 };

describe('listResponse (RFC 7644 §3.4.2)', () => {
  it('counts what is returned, with numbers as numbers', () => {
    expect(listResponse({ resources: [{ id: '1' }], totalResults: 7, startIndex: 3 })).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 7,
      itemsPerPage: 1,
      startIndex: 3,
      Resources: [{ id: '1' }],
    });
  });

  it('carries cursors where there is another page (RFC 9865 §2)', () => {
    const page = listResponse({ resources: [], nextCursor: 'n' });
    expect(page).toMatchObject({ nextCursor: 'n', itemsPerPage: 0, Resources: [] });
    expect(page).not.toHaveProperty('previousCursor');
    expect(page).not.toHaveProperty('startIndex');
  });
});

describe('parsePagination (RFC 7644 §3.4.2.4, RFC 9865 §2)', () => {
  it.each([
    [{}, { startIndex: 1, count: 100 }],
    [
      { startIndex: '0', count: '10' },
      { startIndex: 1, count: 10 },
    ],
    [
      { startIndex: '-5', count: '-1' },
      { startIndex: 1, count: 0 },
    ],
    [
      { startIndex: 7, count: 0 },
      { startIndex: 7, count: 0 },
    ],
    [
      { startIndex: '', count: '100000' },
      { startIndex: 1, count: 500 },
    ],
  ])('reads %j', (parameters, page) => {
    expect(parsePagination(parameters, limits)).toEqual({ kind: 'index', ...page });
  });

  it('asks for cursors by naming one, even an empty one', () => {
    expect(parsePagination({ cursor: '', count: '5' }, limits)).toEqual({
      kind: 'cursor',
      cursor: '',
      count: 5,
    });
    expect(parsePagination({ cursor: 'abc', startIndex: '9' }, limits)).toEqual({
      kind: 'cursor',
      cursor: 'abc',
      count: 100,
    });
  });

  it.each([
    [{ startIndex: 'x' }, 'invalidValue'],
    [{ startIndex: 1.5 }, 'invalidValue'],
    [{ count: '1e3' }, 'invalidValue'],
    [{ count: '99999999999999999999' }, 'invalidValue'],
    [{ cursor: '', count: 'x' }, 'invalidCount'],
    [{ cursor: 5 }, 'invalidValue'],
  ])('refuses %j', (parameters, scimType) => {
    expect(refusalOf(() => parsePagination(parameters, limits))).toMatchObject({ status: 400, scimType });
  });
});

describe('parseSorting (RFC 7644 §3.4.2.3)', () => {
  it('reads attribute and order in any case', () => {
    expect(parseSorting({}, userResourceType)).toBeUndefined();
    expect(parseSorting({ sortBy: 'username' }, userResourceType)).toMatchObject({
      target: { path: 'userName' },
      isDescending: false,
    });
    expect(parseSorting({ sortBy: 'emails', sortOrder: 'Descending' }, userResourceType)).toMatchObject({
      target: { path: 'emails.value' },
      isDescending: true,
    });
  });

  it.each([
    { sortBy: 'shoe' },
    { sortBy: 'password' },
    { sortBy: 'name' },
    { sortBy: 5 },
    { sortBy: 'title', sortOrder: 'up' },
  ])('refuses %j', (parameters) => {
    expect(refusalOf(() => parseSorting(parameters, userResourceType)).scimType).toBe('invalidValue');
  });
});

describe('searches (RFC 7644 §3.4.2, §3.4.3)', () => {
  it('read the query with names in any case', () => {
    const query = new URLSearchParams('Filter=a pr&startindex=0&count=5&excludedattributes=members');
    expect(parseSearchQuery(query)).toMatchObject({
      filter: 'a pr',
      startIndex: '0',
      count: '5',
      excludedAttributes: 'members',
    });
    expect(parseSearchQuery(new URLSearchParams('filter='))).toHaveProperty('filter', '');
  });

  it('read the body', () => {
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'];
    expect(parseSearchRequest({ schemas, filter: 'a pr', attributes: ['userName'], count: 5 })).toMatchObject(
      {
        filter: 'a pr',
        attributes: ['userName'],
        count: 5,
      },
    );
    expect(refusalOf(() => parseSearchRequest([])).scimType).toBe('invalidSyntax');
    expect(refusalOf(() => parseSearchRequest({ schemas: ['urn:x'] })).scimType).toBe('invalidSyntax');
    expect(refusalOf(() => parseSearchRequest({ filter: 5 })).scimType).toBe('invalidValue');
  });
});

describe('bulk (RFC 7644 §3.7)', () => {
  const post = { method: 'post', path: '/Users', bulkId: 'q', data: { userName: 'a' } };

  it('reads operations and failOnErrors', () => {
    expect(
      parseBulkRequest(
        { failOnErrors: 1, Operations: [post, { method: 'DELETE', path: '/Users/1' }] },
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

  it('answers 413 for more than is published (§3.7.4)', () => {
    expect(refusalOf(() => parseBulkRequest({ Operations: [post, post] }, { maxOperations: 1 })).status).toBe(
      413,
    );
  });

  it.each<JsonObject>([
    {},
    { schemas: ['urn:x'], Operations: [] },
    { Operations: ['x'] },
    { failOnErrors: 'x', Operations: [] },
    { Operations: [{ method: 'GET', path: '/Users' }] },
    { Operations: [{ method: 'PUT', path: 'Users/1', data: {} }] },
    { Operations: [{ method: 'POST', path: '/Users', data: {} }] },
    { Operations: [{ method: 'PATCH', path: '/Users/1' }] },
    { Operations: [{ ...post, bulkId: 5 }] },
  ])('refuses %j', (body) => {
    expect(refusalOf(() => parseBulkRequest(body, { maxOperations: 5 })).status).toBe(400);
  });

  it('finds and resolves references in path, value and filter (§3.7.2)', () => {
    const operation = {
      method: 'PATCH' as const,
      path: '/Groups/bulkId:g',
      data: {
        Operations: [
          { op: 'add', path: 'members[value eq "bulkId:p"]', value: ['bulkId:q', 'no bulkId:z', 5] },
        ],
      },
    };
    expect([...bulkReferences(operation)]).toEqual(['g', 'p', 'q']);
    expect(
      resolveBulkReferences(
        operation,
        new Map([
          ['g', '1'],
          ['q', '2'],
          ['p', '3'],
        ]),
      ),
    ).toEqual({
      method: 'PATCH',
      path: '/Groups/1',
      data: { Operations: [{ op: 'add', path: 'members[value eq "3"]', value: ['2', 'no bulkId:z', 5] }] },
    });
    const data = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`);
    expect(refusalOf(() => bulkReferences({ method: 'POST', path: '/Users', data })).scimType).toBe(
      'invalidSyntax',
    );
  });

  it('answers with status as a string', () => {
    expect(bulkResponse([{ method: 'POST', status: 201, bulkId: 'q', location: 'l' }]).Operations).toEqual([
      { method: 'POST', bulkId: 'q', location: 'l', status: '201' },
    ]);
  });
});
