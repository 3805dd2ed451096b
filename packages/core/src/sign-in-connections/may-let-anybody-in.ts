import { assertHasAll } from '../authorization/effective-permissions.ts';
import { accountPermissions } from '../authorization/permissions.ts';
import type { Held } from '../holds/held.ts';

/** Whoever decides who lets people in can have it say that they are anybody, and keeps out whom they like. */
export const assertMayLetAnybodyIn = (held: Held, field = 'issuer'): void =>
  assertHasAll(held.own, accountPermissions, {
    field,
    act: 'decide who lets people in: a provider can say that somebody is anybody',
  });
