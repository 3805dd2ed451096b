import type { IdpName } from '../directory/identifiers.ts';
import type { JsonObject } from '../scim/scim-request.ts';
import type { Dialect } from './dialect.ts';
import { entra } from './entra/dialect.ts';
import { okta } from './okta/dialect.ts';

/** Every identity provider that can be played. */
const DIALECTS: Readonly<Record<IdpName, Dialect>> = { entra, okta };

/** How this identity provider speaks; without `passwords` new people come without one. */
export function dialectOf(idp: IdpName, passwords: boolean): Dialect {
  const dialect = DIALECTS[idp];
  return passwords
    ? dialect
    : { ...dialect, userBody: (person) => withoutPassword(dialect.userBody(person)) };
}

function withoutPassword({ password: _, ...body }: JsonObject): JsonObject {
  return body;
}
