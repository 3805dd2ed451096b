import { createHash } from 'node:crypto';
import { pathOf } from '../model/custom-attribute.ts';
import type { CustomAttributeRecord } from './find-definitions.ts';

/** What an account has defined, ready to be looked up. */
export interface AttributeDefinitions {
  /** Tells these definitions from any others; null where there are none. */
  readonly version: string | null;
  /** In the order in which they were defined. */
  readonly all: readonly CustomAttributeRecord[];
  /** Those of this name, without regard to case; of one schema when that is said. */
  named(name: string, schema?: string | null): readonly CustomAttributeRecord[];
}

/** What is known of an account while nobody names an attribute. */
export const noDefinitions: AttributeDefinitions = { version: null, all: [], named: () => [] };

/** Puts definitions into the form in which they are looked up. */
export function toDefinitions(all: readonly CustomAttributeRecord[]): AttributeDefinitions {
  const byName = Map.groupBy(all, ({ name }) => name.toLowerCase());
  const byPath = new Map(all.map((definition) => [pathOf(definition).toLowerCase(), definition]));
  return {
    version: all.length === 0 ? null : createHash('sha256').update(JSON.stringify(all)).digest('base64url'),
    all,
    named(name, schema) {
      if (schema == null) return byName.get(name.toLowerCase()) ?? [];
      const definition = byPath.get(pathOf({ schema, name }).toLowerCase());
      return definition === undefined ? [] : [definition];
    },
  };
}
