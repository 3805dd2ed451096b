import { createHash } from 'node:crypto';
import { type GraphQLCaller, type GraphQLClient, GraphQLRequestError } from '@rollcall/graphql-client';
import { type ResourceTypeDefinition, userResourceType } from '@rollcall/scim-protocol';
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

const MAX_REMEMBERED = 1000;

interface Believed {
  readonly version: string | null;
  readonly until: number;
}

/**
 * Remembers resource types by the version of their definitions, so that whatever is derived from one is derived once.
 * The version is asked for in a document of its own: in the same process that costs no statement, and a definition
 * counts at once; over HTTP it is a small request, and the answer is believed for a while.
 */
export function createUserTypes(client: GraphQLClient, { believedForMs }: UserTypesOptions): UserTypes {
  const byVersion = new Map<string, ResourceTypeDefinition>();
  const believed = new Map<string, Believed>();

  async function versionFor(caller: GraphQLCaller): Promise<string | null> {
    if (believedForMs === 0) return askVersion(client, caller);
    const key = keyOf(caller);
    const known = believed.get(key);
    if (known !== undefined && known.until > Date.now()) return known.version;
    const version = await askVersion(client, caller);
    remember(believed, key, { version, until: Date.now() + believedForMs });
    return version;
  }

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
      if (customAttributesVersion !== null) remember(byVersion, customAttributesVersion, userType);
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

/** Secrets are not kept for longer than the request that brings them. */
function keyOf({ authorization, 'rollcall-account': account }: GraphQLCaller): string {
  return createHash('sha256').update(`${account} ${authorization}`).digest('base64');
}

function remember<Value>(among: Map<string, Value>, key: string, value: Value): void {
  if (among.size >= MAX_REMEMBERED) among.clear();
  among.set(key, value);
}
