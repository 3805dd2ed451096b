/** The HTTP methods with which an identity provider speaks SCIM (RFC 7644 §3.2). */
export type ScimMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A JSON object as it goes over the wire. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** One request, and the statuses that mean success; any other is a failure of the cycle. */
export interface ScimRequest {
  readonly method: ScimMethod;
  /** Path and query below the base URL, encoded. */
  readonly path: string;
  readonly body?: JsonObject;
  readonly expect: readonly number[];
}

/** Whether the value is a JSON object and not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `attribute eq "value"`, encoded for a query; the literal is JSON (RFC 7644 §3.4.2.2). */
export function equalityFilter(attribute: string, value: string): string {
  return `filter=${encodeURIComponent(`${attribute} eq ${JSON.stringify(value)}`)}`;
}

/** A read of one resource. */
export function readRequest(path: string): ScimRequest {
  return { method: 'GET', path, expect: [200] };
}

/** A creation (RFC 7644 §3.3). */
export function createRequest(path: string, body: JsonObject): ScimRequest {
  return { method: 'POST', path, body, expect: [201] };
}

/** A modification (RFC 7644 §3.5.2); 200 with the resource and 204 without are both right answers. */
export function patchRequest(path: string, operations: readonly JsonObject[]): ScimRequest {
  return {
    method: 'PATCH',
    path,
    body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations },
    expect: [200, 204],
  };
}
