import { isJsonObject, type JsonObject } from './scim-request.ts';

/** An attribute whose value on the server is not the wanted one. */
export interface Difference {
  /** A PATCH path (RFC 7644 §3.5.2), such as `name.familyName` or `emails[type eq "work"].value`. */
  readonly path: string;
  readonly value: unknown;
}

/** Not the identity provider's to compare: never returned, read-only, or kept by requests of their own. */
const NOT_COMPARED = new Set(['schemas', 'id', 'meta', 'password', 'groups', 'members', 'manager']);

/** Every simple attribute of the wanted resource that the current one lacks or holds with another value. */
export function differences(wanted: JsonObject, current: JsonObject): Difference[] {
  return Object.entries(wanted).flatMap(([name, value]) => {
    if (NOT_COMPARED.has(name)) return [];
    const present = current[name];
    if (Array.isArray(value)) return elementDifferences(name, value, present);
    if (!isJsonObject(value)) return value === present ? [] : [{ path: name, value }];
    // An extension's attribute follows its URN after a colon (RFC 7644 §3.10), a sub-attribute after a dot.
    return nested(name.startsWith('urn:') ? `${name}:` : `${name}.`, value, present);
  });
}

/** Elements are told apart by `type`, of which Entra demands that it is unique per attribute. */
function elementDifferences(name: string, wanted: readonly unknown[], present: unknown): Difference[] {
  const elements: readonly unknown[] = Array.isArray(present) ? present : [];
  return wanted.filter(isJsonObject).flatMap((element) => {
    const same = elements.find((other) => isJsonObject(other) && other.type === element.type);
    const { type, ...rest } = element;
    return nested(`${name}[type eq ${JSON.stringify(type)}].`, rest, same);
  });
}

function nested(prefix: string, wanted: JsonObject, present: unknown): Difference[] {
  const found = differences(wanted, isJsonObject(present) ? present : {});
  return found.map(({ path, value }) => ({ path: `${prefix}${path}`, value }));
}
