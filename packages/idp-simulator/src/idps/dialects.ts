import type { IdpName } from '../directory/identifiers.ts';
import type { Dialect } from './dialect.ts';
import { entra } from './entra/dialect.ts';
import { okta } from './okta/dialect.ts';

/** Every identity provider that can be played. */
export const DIALECTS: Readonly<Record<IdpName, Dialect>> = { entra, okta };
