/** The addresses that resources of one request are told by. */
export interface ResourceUrls {
  /** Address of the User endpoint with a slash at the end, so that an id completes it. */
  users: string;
  /** Address of the Group endpoint with a slash at the end. */
  groups: string;
}

/** Derives the addresses once per request; `baseUrl` has no slash at the end. */
export function resourceUrls(baseUrl: string): ResourceUrls {
  return { users: `${baseUrl}/Users/`, groups: `${baseUrl}/Groups/` };
}
