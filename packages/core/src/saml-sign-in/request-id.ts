/** An id of SAML is a name of XML, which begins with no digit. */
const PREFIX = '_';

/** The id of a request, by which its answer leads back to the state. */
export const requestIdOf = (state: string): string => PREFIX + state;

/** The state of the request that an answer names; undefined where it names none of ours. */
export const stateIn = (inResponseTo: string | null): string | undefined =>
  inResponseTo?.startsWith(PREFIX) ? inResponseTo.slice(PREFIX.length) : undefined;
