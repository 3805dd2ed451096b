import { hasBearerToken } from '../callers/authenticate.ts';

/**
 * The challenge of a 401 (RFC 7235 §3.1). A token that came and is not taken is named as what is wrong (RFC 6750 §3.1); whoever
 * sent none is told of no error, for they may not have known that one is needed.
 */
export function challenge(authorization: string | undefined, detail: string): string {
  const realm = 'Bearer realm="SCIM"';
  if (!hasBearerToken(authorization)) return realm;
  return `${realm}, error="invalid_token", error_description="${descriptionOf(detail)}"`;
}

/** The characters that RFC 6750 §3 allows there: printable ASCII without the quote and the backslash. */
const descriptionOf = (detail: string): string => detail.replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, "'");
