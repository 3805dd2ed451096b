import { invalidSyntax, invalidValue } from '../errors.ts';
import type { JsonValue } from '../json.ts';

/**
 * A message may leave `schemas` out, and URNs are one whatever their case; only a list that claims another kind of message is
 * refused, as a misdirected request.
 */
export function assertMessageSchemas(
  schemas: JsonValue | undefined,
  expected: string,
  message: string,
): void {
  if (!Array.isArray(schemas)) return;
  const wanted = expected.toLowerCase();
  if (schemas.some((urn) => typeof urn === 'string' && urn.toLowerCase() === wanted)) return;
  throw invalidSyntax(`schemas of a ${message} must contain ${expected}.`);
}

const coreSchemas = 'urn:ietf:params:scim:schemas:core:2.0:';

/**
 * RFC 7643 §3 requires `schemas`, but OneLogin's template still carries the SCIM 1.0 URN, Microsoft Entra ID adds
 * `http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group` and leaves custom URNs out. Whatever
 * is unknown is ignored; only a list that claims another kind of resource is refused, as a misdirected request.
 */
export function assertSchemasAllow(schemas: JsonValue | undefined, expected: string): void {
  if (schemas === undefined || schemas === null) return;
  const listed = typeof schemas === 'string' ? [schemas] : schemas;
  if (!Array.isArray(listed)) throw invalidValue('schemas', 'must be an array of URNs.');
  if (listed.length === 0) {
    throw invalidValue('schemas', `is empty (RFC 7643 §3). Name ${expected}, or leave schemas out.`);
  }
  const urns = listed.map((urn) => (typeof urn === 'string' ? urn.toLowerCase() : ''));
  if (urns.includes(expected.toLowerCase())) return;
  const foreign = urns.find((urn) => urn.startsWith(coreSchemas));
  if (foreign === undefined) return;
  throw invalidSyntax(
    `schemas names ${foreign}, but this endpoint takes ${expected}. Send it to its own endpoint.`,
  );
}
