import { type AttributeDefinitions, noDefinitions } from '../custom-attributes/definitions.ts';
import type { KnownDefinitions } from '../custom-attributes/known-definitions.ts';
import type { UserFilter } from './user-filter.ts';
import type { UserOrder } from './user-order.ts';
import type { UserProperties } from './user-properties.ts';

interface AttributeName {
  readonly name: string;
  readonly schema?: string | null;
}

/** Which account asks, and where its definitions are known. */
export interface DefinitionsSource {
  readonly accountId: string;
  readonly definitions: KnownDefinitions;
}

/** The account's definitions, when any of these people is given custom attributes; whoever is not costs nothing. */
export function definitionsForUsers(
  source: DefinitionsSource,
  users: readonly UserProperties[],
): Promise<AttributeDefinitions> | AttributeDefinitions {
  if (users.every(({ customAttributes }) => customAttributes === undefined)) return noDefinitions;
  return definitionsFor(
    source,
    users.flatMap(({ customAttributes }) => customAttributes ?? []),
  );
}

/** The account's definitions, when a list is filtered or ordered by a custom attribute. */
export function definitionsForList(
  source: DefinitionsSource,
  { filter, orderBy }: { filter: UserFilter | null; orderBy: UserOrder | null },
): Promise<AttributeDefinitions> | AttributeDefinitions {
  const ordered = orderBy?.customAttribute;
  const names = [...(filter == null ? [] : namesIn(filter)), ...(ordered == null ? [] : [ordered])];
  return names.length === 0 ? noDefinitions : definitionsFor(source, names);
}

const namesIn = ({ customAttribute, and, or, not }: UserFilter): AttributeName[] => [
  ...(customAttribute == null ? [] : [customAttribute]),
  ...[...(and ?? []), ...(or ?? []), ...(not == null ? [] : [not])].flatMap(namesIn),
];

/** A name that is not known here may have been defined by another process a moment ago. */
async function definitionsFor(
  { accountId, definitions }: DefinitionsSource,
  names: readonly AttributeName[],
): Promise<AttributeDefinitions> {
  const found = await definitions.of(accountId);
  const areKnown = names.every(({ name, schema }) => found.named(name, schema).length > 0);
  return areKnown ? found : definitions.renewed(accountId);
}
