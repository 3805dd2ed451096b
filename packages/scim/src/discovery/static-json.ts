import type { JsonObject } from '@rollcall/scim-protocol';

/** Gives the JSON of a document for a base URL. */
export type StaticJson = (baseUrl: string) => string;

const placeholder = '\u0001base\u0001';

/** Writes a document once; only the base URL of its addresses is put in anew for each request. */
export function staticJson(render: (baseUrl: string) => JsonObject): StaticJson {
  const parts = JSON.stringify(render(placeholder)).split(inJson(placeholder));
  return (baseUrl) => parts.join(inJson(baseUrl));
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
