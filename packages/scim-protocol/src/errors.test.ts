import { describe, expect, it } from 'vitest';
import * as errors from './errors.ts';
import { errorResponse, toErrorResponse } from './messages/error-response.ts';

describe('errors (RFC 7644 §3.12)', () => {
  it.each([
    [errors.invalidFilter('x'), 400, 'invalidFilter'],
    [errors.tooMany('x'), 400, 'tooMany'],
    [errors.uniqueness('userName'), 409, 'uniqueness'],
    [errors.mutability('id'), 400, 'mutability'],
    [errors.invalidSyntax('x'), 400, 'invalidSyntax'],
    [errors.invalidPath('x'), 400, 'invalidPath'],
    [errors.noTarget('x'), 400, 'noTarget'],
    [errors.invalidValue('active', 'x'), 400, 'invalidValue'],
    [errors.invalidVers('v3'), 400, 'invalidVers'],
    [errors.sensitive('password'), 403, 'sensitive'],
    [errors.invalidCursor(), 400, 'invalidCursor'],
    [errors.expiredCursor(), 400, 'expiredCursor'],
    [errors.invalidCount('x'), 400, 'invalidCount'],
    [errors.notFound('User', '1'), 404, undefined],
    [errors.unauthorized(), 401, undefined],
    [errors.forbidden('x'), 403, undefined],
    [errors.preconditionFailed(), 412, undefined],
    [errors.payloadTooLarge('x'), 413, undefined],
    [errors.tooManyRequests(5), 429, undefined],
    [errors.notImplemented('x'), 501, undefined],
  ])('%s has its status and keyword', (error, status, scimType) => {
    expect(error).toMatchObject({ status, scimType });
    expect(error.message).toBe(error.detail);
  });

  it('is rendered with status as a string', () => {
    expect(toErrorResponse(errors.uniqueness('userName'))).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '409',
      scimType: 'uniqueness',
    });
    expect(errorResponse(404, undefined, 'gone')).not.toHaveProperty('scimType');
  });
});
