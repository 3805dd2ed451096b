import { assertHasAll } from '../authorization/effective-permissions.ts';
import { accountPermissions } from '../authorization/permissions.ts';
import type { Held } from '../holds/held.ts';

/** Whoever chooses a provider can have it say that they are anybody. */
export const assertMayLetAnybodyIn = (held: Held): void =>
  assertHasAll(held.own, accountPermissions, {
    field: 'issuer',
    act: 'decide who lets people in: a provider can say that somebody is anybody',
  });
