import { type GraphQLCaller, type GraphQLClient, GraphQLRequestError } from '@rollcall/graphql-client';
import { type ResourceTypeDefinition, userResourceType } from '@rollcall/scim-protocol';
import { LRUCache } from 'lru-cache';
import { believedFor, MAX_REMEMBERED } from '../callers/believed-for.ts';
import { GetCustomAttributes, GetCustomAttributesVersion } from './documents.ts';
import { toUserType } from './to-schema.ts';

/** Knows what a User is in the account of each caller. */
export interface UserTypes {
  /**
   * The User resource type with the account's own extensions; the constant one where it has none.
   * @throws GraphQLRequestError when the caller's credential is not taken
   */
  of(caller: GraphQLCaller): Promise<ResourceTypeDefinition>;
}

export interface UserTypesOptions {
  /** How long the version of a caller's definitions is believed unasked; 0 asks for every request. */
  believedForMs: number;
}

/**
 * Remembers resource types by the version of their definitions, so that whatever is derived from one is derived once.
 * The version is asked for in a document of its own: in the same process that costs no statement, and a definition
 * counts at once; over HTTP it is a small request, and the answer is believed for a while.
 */
export function createUserTypes(client: GraphQLClient, { believedForMs }: UserTypesOptions): UserTypes {
  const byVersion = new LRUCache<string, ResourceTypeDefinition>({ max: MAX_REMEMBERED });
  const versionFor = believedFor(believedForMs, (caller) => askVersion(client, caller));

  return {
    async of(caller) {
      const version = await versionFor(caller);
      if (version === null) return userResourceType;
      const known = byVersion.get(version);
      if (known !== undefined) return known;
      const { customAttributes, customAttributesVersion } = await client.execute(
        GetCustomAttributes,
        {},
        caller,
      );
      const userType = toUserType(customAttributes);
      if (customAttributesVersion !== null) byVersion.set(customAttributesVersion, userType);
      return userType;
    },
  };
}

/** Who may not see what is defined is served as if nothing were. */
async function askVersion(client: GraphQLClient, caller: GraphQLCaller): Promise<string | null> {
  try {
    const { customAttributesVersion } = await client.execute(GetCustomAttributesVersion, {}, caller);
    return customAttributesVersion;
  } catch (error) {
    if (error instanceof GraphQLRequestError && error.code === 'FORBIDDEN') return null;
    throw error;
  }
}
