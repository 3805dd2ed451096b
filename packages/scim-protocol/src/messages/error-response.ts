import type { ScimError, ScimType } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { ERROR_MESSAGE } from '../schema/urns.ts';

/** Builds the body of an error; `status` is a string there (RFC 7644 §3.12). */
export function errorResponse(status: number, scimType: ScimType | undefined, detail: string): JsonObject {
  return {
    schemas: [ERROR_MESSAGE],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail,
  };
}

/** The body of the answer to a request that failed with this error. */
export function toErrorResponse({ status, scimType, detail }: ScimError): JsonObject {
  return errorResponse(status, scimType, detail);
}
