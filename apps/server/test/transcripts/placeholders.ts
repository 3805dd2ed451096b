import { isJsonObject, type JsonObject, type JsonValue } from '@rollcall/scim-protocol';

/** Puts in what `{ada.id}` stands for, wherever a text says it; a name that nobody gave is an error of the transcript. */
export function fillIn(value: JsonValue, known: JsonObject): JsonValue {
  if (typeof value === 'string') {
    return value.replaceAll(/\{([a-zA-Z]+(?:\.\w+)*)\}/g, (_whole, path: string) =>
      String(valueAt(known, path)),
    );
  }
  if (Array.isArray(value)) return value.map((item) => fillIn(item, known));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [String(fillIn(name, known)), fillIn(item, known)]),
  );
}

/** The value at a path of names and indexes with dots between them. */
export function valueAt(known: JsonObject, path: string): JsonValue {
  let value: JsonValue | undefined = known;
  for (const name of path.split('.')) {
    value = Array.isArray(value) ? value[Number(name)] : isJsonObject(value) ? value[name] : undefined;
  }
  if (value === undefined) throw new Error(`{${path}} stands for nothing here`);
  return value;
}
