import type { ScimResource } from '../clients/scim-client.ts';
import type { Findings } from './filter-arbitrary.ts';
import { valuesAt } from './filter-reference.ts';
import { ENTERPRISE, GROUP, USER } from './samples.ts';
import { kindsByPath, type SearchedAttributes } from './searched-attributes.ts';

/** What filters over these resources can look for. */
export function findingsIn(resources: readonly ScimResource[], attributes: SearchedAttributes): Findings {
  const kinds = kindsByPath(attributes);
  const at = (path: string) => [...new Set(resources.flatMap((one) => valuesAt(one, path)).map(String))];
  const ofKind = (...wanted: string[]) =>
    [...kinds].filter(([, kind]) => wanted.includes(kind)).flatMap(([path]) => at(path));
  const nobody = crypto.randomUUID();
  return {
    texts: [...new Set(ofKind('text', 'exact').filter((text) => text !== '[object Object]'))],
    instants: [...new Set(ofKind('instant')), '2001-02-03T04:05:06.789Z'],
    identifiers: (path: string) =>
      path === 'schemas'
        ? [USER, GROUP, ENTERPRISE, 'urn:nobody']
        : [
            ...at(path).filter((text) => text !== '[object Object]'),
            ...(path.endsWith('version') ? ['W/"99"'] : [nobody]),
          ],
  };
}
