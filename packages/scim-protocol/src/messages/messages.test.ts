import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../json.ts';
import { parsePatchRequest } from '../patch/parse-patch-request.ts';
import { userResourceType } from '../schema/resource-type.ts';
import { BULK_REQUEST, PATCH_OP, SEARCH_REQUEST } from '../schema/urns.ts';
import { refusalOf } from '../testing/refusal.ts';
import { parseBulkRequest } from './bulk.ts';
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

describe('schemas of a message', () => {
  const read: [string, (schemas: JsonValue) => unknown][] = [
    [SEARCH_REQUEST, (schemas) => parseSearchRequest({ schemas })],
    [BULK_REQUEST, (schemas) => parseBulkRequest({ schemas, Operations: [{}] }, { maxOperations: 1 })],
    [
      PATCH_OP,
      (schemas) =>
        parsePatchRequest({ schemas, Operations: [{ op: 'remove', path: 'title' }] }, userResourceType),
    ],
  ];

  it.each(read)('name %s in any case, among others or not at all', (urn, parse) => {
    for (const schemas of [[urn], [urn.toUpperCase()], ['urn:x', urn.toLowerCase()], urn, null]) {
      expect(() => parse(schemas)).not.toThrow();
    }
    expect(refusalOf(() => parse(['urn:x', null])).scimType).toBe('invalidSyntax');
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

  it('takes numbers beyond all bounds for the last there is', () => {
    const beyond = '9'.repeat(400);
    expect(parsePagination({ startIndex: beyond, count: beyond }, limits)).toEqual({
      kind: 'index',
      startIndex: Number.MAX_SAFE_INTEGER,
      count: 500,
    });
    expect(parsePagination({ startIndex: `-${beyond}`, count: -1e300 }, limits)).toEqual({
      kind: 'index',
      startIndex: 1,
      count: 0,
    });
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
    });
  });

  it.each([
    [{ startIndex: 'x' }, 'invalidValue'],
    [{ startIndex: 1.5 }, 'invalidValue'],
    [{ count: '1e3' }, 'invalidValue'],
    [{ count: 'NaN' }, 'invalidValue'],
    [{ startIndex: '-' }, 'invalidValue'],
    [{ cursor: '', count: 'x' }, 'invalidCount'],
    [{ cursor: '', count: 1.5 }, 'invalidCount'],
    [{ cursor: 5 }, 'invalidCursor'],
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
    { sortOrder: 'up' },
    { sortBy: '', sortOrder: 5 },
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
    // Given but empty, it is for the parser to refuse, and not all.
    expect(parseSearchRequest({ filter: '' })).toHaveProperty('filter', '');
    expect(parseSearchRequest({ filter: null })).not.toHaveProperty('filter');
  });
});
