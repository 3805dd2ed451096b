import type { Random } from './random.ts';

/** The identity providers that can be played. */
export type IdpName = 'entra' | 'okta';

const HEX = '0123456789abcdef';
const BASE62 = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A GUID in the form of RFC 9562 version 4, as Entra's object ids are. */
export function guid(random: Random): string {
  const part = (length: number) => random.text(HEX, length);
  return `${part(8)}-${part(4)}-4${part(3)}-${random.text('89ab', 1)}${part(3)}-${part(12)}`;
}

/** The id of a person in the identity provider, which becomes `externalId`. */
export function personExternalId(idp: IdpName, random: Random): string {
  return idp === 'entra' ? guid(random) : `00u${random.text(BASE62, 17)}`;
}

/** The id of a group in the identity provider. */
export function groupExternalId(idp: IdpName, random: Random): string {
  return idp === 'entra' ? guid(random) : `00g${random.text(BASE62, 17)}`;
}
