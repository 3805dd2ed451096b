import { notImplemented } from '@rollcall/scim-protocol';
import type { Endpoint } from './adapter.ts';

/** Makes an endpoint of an optional part of the protocol that is not offered; says what to use instead. */
export function notOffered(detail: string): Endpoint {
  return () => () => {
    throw notImplemented(detail);
  };
}
