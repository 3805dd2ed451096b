/** What clients provision here, as `meta.resourceType` says it. */
export type ResourceName = 'User' | 'Group';

/** What they read besides. */
export type PublishedName = 'Role' | 'Entitlement';

/** By type, the address of its endpoint as this request's client knows it, with a slash at the end: an id completes it. */
export type ResourceUrls = Readonly<Record<ResourceName | PublishedName, string>>;

/** Derives the addresses once per request; `baseUrl` has no slash at the end. */
export function resourceUrls(baseUrl: string): ResourceUrls {
  return {
    User: `${baseUrl}/Users/`,
    Group: `${baseUrl}/Groups/`,
    Role: `${baseUrl}/Roles/`,
    Entitlement: `${baseUrl}/Entitlements/`,
  };
}
