/** The error keywords of RFC 7644 §3.12 (table 9) and RFC 9865 §2.1. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

/** A refusal as SCIM tells it: HTTP status, optional keyword, and a sentence for the IdP's administrator. */
export class ScimError extends Error {
  override readonly name = 'ScimError';
  readonly status: number;
  readonly scimType: ScimType | undefined;
  readonly detail: string;

  constructor(status: number, scimType: ScimType | undefined, detail: string) {
    super(detail);
    this.status = status;
    this.scimType = scimType;
    this.detail = detail;
  }
}

/** 400: the filter can't be parsed, or compares what can't be compared (RFC 7644 §3.4.2.2). */
export function invalidFilter(detail: string): ScimError {
  return new ScimError(400, 'invalidFilter', `The filter is not valid: ${detail}`);
}

/** 400: the filter yields more results than the server is willing to process. */
export function tooMany(detail: string): ScimError {
  return new ScimError(400, 'tooMany', `Too many results: ${detail}`);
}

/** 409: another resource already has this value. */
export function uniqueness(attribute: string): ScimError {
  return new ScimError(
    409,
    'uniqueness',
    `Another resource already has this ${attribute}. Use a different ${attribute}, or find the existing resource with a filter and update it.`,
  );
}

/** 400: the attribute can't be changed in the way asked for (RFC 7643 §2.2). */
export function mutability(
  attribute: string,
  rule = 'is maintained by the server and can not be changed by a client. Remove it from the request.',
): ScimError {
  return new ScimError(400, 'mutability', `${attribute} ${rule}`);
}

/** 400: the body does not have the structure of the message it claims to be. */
export function invalidSyntax(detail: string): ScimError {
  return new ScimError(400, 'invalidSyntax', `The request body is not valid: ${detail}`);
}

/** 400: the path of a PATCH operation is malformed or names an unknown attribute. */
export function invalidPath(detail: string): ScimError {
  return new ScimError(400, 'invalidPath', `The path is not valid: ${detail}`);
}

/** 400: the path of a PATCH operation leads to nothing that could be changed. */
export function noTarget(detail: string): ScimError {
  return new ScimError(400, 'noTarget', `The operation has no target: ${detail}`);
}

/** 400: a required value is missing, or a value does not fit the type of its attribute. */
export function invalidValue(attribute: string, detail: string): ScimError {
  return new ScimError(400, 'invalidValue', `${attribute} ${detail}`);
}

/** 400: the protocol version of the request is not spoken here. */
export function invalidVers(version: string): ScimError {
  return new ScimError(
    400,
    'invalidVers',
    `SCIM protocol version ${version} is not supported. Use version v2 in the base URL.`,
  );
}

/** 403: the request URI would carry sensitive information (RFC 7644 §7.5.2). */
export function sensitive(attribute: string): ScimError {
  return new ScimError(
    403,
    'sensitive',
    `${attribute} must not appear in a request URI. Send the query in the body of POST /.search instead.`,
  );
}

/** 400: a cursor that this server did not issue for this query (RFC 9865 §2.1). */
export function invalidCursor(): ScimError {
  return new ScimError(
    400,
    'invalidCursor',
    'The cursor is not valid for this query. Start again with an empty cursor parameter.',
  );
}

/** 400: a cursor that was valid once (RFC 9865 §2.1). */
export function expiredCursor(): ScimError {
  return new ScimError(
    400,
    'expiredCursor',
    'The cursor has expired. Start again with an empty cursor parameter.',
  );
}

/** 400: a page size that can't be used with a cursor (RFC 9865 §2.1). */
export function invalidCount(detail: string): ScimError {
  return new ScimError(400, 'invalidCount', `count ${detail}`);
}

/** 404: no such resource in this account. */
export function notFound(type: string, id: string): ScimError {
  return new ScimError(
    404,
    undefined,
    `${type} ${id} was not found. It may have been deleted; look it up with a filter or create it.`,
  );
}

/** 401: no credentials, or credentials that are not accepted. */
export function unauthorized(
  detail = 'The bearer token is missing, unknown, expired or revoked. Send a valid SCIM token in the Authorization header.',
): ScimError {
  return new ScimError(401, undefined, detail);
}

/** 403: the credentials are good, what they may do is not enough. */
export function forbidden(detail: string): ScimError {
  return new ScimError(403, undefined, detail);
}

/** 412: the resource is no longer at the version named by If-Match (RFC 7644 §3.14). */
export function preconditionFailed(
  detail = 'The resource has changed since the version in If-Match. Read it again and repeat the change.',
): ScimError {
  return new ScimError(412, undefined, detail);
}

/** 413: the body or the bulk request is larger than published in ServiceProviderConfig (RFC 7644 §3.7.4). */
export function payloadTooLarge(detail: string): ScimError {
  return new ScimError(413, undefined, detail);
}

/** 429: slow down; the caller sends Retry-After in whole seconds, the only form that Okta honours. */
export function tooManyRequests(retryAfterSeconds: number): ScimError {
  return new ScimError(429, undefined, `Too many requests. Try again in ${retryAfterSeconds} seconds.`);
}

/** 501: an optional part of the protocol that this server does not offer. */
export function notImplemented(detail: string): ScimError {
  return new ScimError(501, undefined, detail);
}
