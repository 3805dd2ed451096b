import type {
  AttributeTarget,
  JsonObject,
  PatchOperation,
  ResourceTypeDefinition,
} from '@rollcall/scim-protocol';
import type { RequestScope } from '../adapter/request-scope.ts';
import type { PublishedName, ResourceName, ResourceUrls } from '../addresses/resource-urls.ts';
import type { Batches } from './batch.ts';
import type { ListQuery, StoredList } from './stored-list.ts';

/**
 * A type of resource that can be read. Whatever speaks SCIM goes through it and knows none of them: endpoints and searches.
 * What comes in is parsed already, and what goes out is rendered by `render`.
 */
export interface ReadablePort<Stored extends StoredResource = StoredResource> {
  readonly name: ResourceName | PublishedName;
  /** The type as RFC 7643 defines it. */
  readonly resourceType: ResourceTypeDefinition;
  /** Who belongs where: `groups` of a User, `members` of a Group. They may be very many, and are read only where needed. */
  readonly memberships: AttributeTarget | undefined;

  /** The type as it is in the account of the caller, with the extensions that it defined. */
  resourceTypeFor(scope: RequestScope): ResourceTypeDefinition | Promise<ResourceTypeDefinition>;

  /**
   * GET (RFC 7644 §3.4.1).
   * @throws ScimError 404 when there is no such resource, or none any more
   */
  get(scope: RequestScope, id: string, withMemberships: boolean): Promise<Stored>;

  /**
   * GET and POST .search (§3.4.2, §3.4.3): plans a list and reads nothing yet; undefined when nothing can match.
   * @throws ScimError invalidFilter or invalidValue for what can't be searched or sorted by
   */
  list(scope: RequestScope, query: ListQuery): StoredList<Stored> | undefined;

  /** The resource as RFC 7643 has it; whoever knows its tag already gives it. */
  render(stored: Stored, urls: ResourceUrls, etag?: string): JsonObject;
  /** The tag of just what was read (§3.14): memberships and other names that it shows are part of it. */
  etag(stored: Stored): string;
}

/**
 * A type of resource that clients provision, which users and groups implement. PATCH, /Me and bulk requests go through it. A
 * verb that changes something is exactly one mutation.
 */
export interface ResourcePort<Stored extends StoredResource = StoredResource> extends ReadablePort<Stored> {
  readonly name: ResourceName;

  /**
   * POST (RFC 7644 §3.3): creates the resource with all that the body has.
   * @throws GraphQLRequestError ALREADY_EXISTS when another has a value that must be unique
   */
  create(scope: RequestScope, resource: JsonObject, asked: Asked): Promise<Stored>;

  /** PUT (§3.5.1): the write after which the resource is as the body has it; what that leaves out is cleared. */
  replace(resource: JsonObject, resourceType: ResourceTypeDefinition): Write<Stored>;

  /** PATCH (§3.5.2): one write when the operations tell it by themselves, else one that depends on the present resource. */
  patch(
    operations: readonly PatchOperation[],
    resourceType: ResourceTypeDefinition,
  ): Write<Stored> | DependentWrite<Stored>;

  /** DELETE (§3.6): 404 from then on. */
  delete(scope: RequestScope, target: Pick<WriteTarget, 'id' | 'ifVersion'>): Promise<unknown>;

  /** The resource as if its memberships had not been read. */
  withoutMemberships(stored: Stored): Stored;

  /** Is a PATCH answered with the resource, where the request does not say? The RFC leaves it open (§3.5.2). */
  answersPatch(scope: RequestScope): boolean | Promise<boolean>;

  /** The verbs for many resources at once, for bulk requests (§3.7). */
  readonly batches: Batches;
}

/** What GraphQL tells of every resource; each type has more. */
export interface StoredResource {
  readonly id: string;
  readonly externalId: string | null;
  readonly displayName: string | null;
  readonly version: number;
  readonly createdAt: unknown;
  readonly updatedAt: unknown;
}

/** What a resource is in the account, and whether the answer shows memberships. */
export interface Asked {
  readonly resourceType: ResourceTypeDefinition;
  readonly withMemberships: boolean;
}

/** A change that is planned: carried out, it is one mutation. */
export type Write<Stored> = (scope: RequestScope, target: WriteTarget) => Promise<Stored>;

/** Which resource is changed, unless it is at another version than this, and whether memberships are read back. */
export interface WriteTarget {
  readonly id: string;
  readonly ifVersion: number | undefined;
  readonly withMemberships: boolean;
}

/** A change that can be planned only from the present resource. */
export interface DependentWrite<Stored> {
  /** The write that leads from there to what was asked for; undefined when that is the same. */
  planFrom(present: JsonObject): Write<Stored> | undefined;
}
