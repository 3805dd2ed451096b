import { type DomainError, invalidInput } from '../errors/domain-error.ts';

/** The refusal of an external id from somebody who speaks for no connection. */
export const externalIdWithoutConnection = (): DomainError =>
  invalidInput('externalId', "belongs to a connection: set it with that connection's SCIM token.");
