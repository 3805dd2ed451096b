import { invalidInput } from '../errors.ts';
import { checkText, externalIdWithoutConnection, MAX_TEXT_LENGTH } from '../users/user-rules.ts';
import { isUuid } from '../uuid.ts';

/** What a client can say of a team. Left out = leave as it is, null = clear. */
export interface TeamProperties {
  displayName?: string | null;
  externalId?: string | null;
  parentId?: string | null;
  leadId?: string | null;
}

/** Throws INVALID_INPUT at the first value that breaks a rule. */
export function checkTeamProperties({ displayName, externalId, parentId, leadId }: TeamProperties): void {
  if (displayName !== undefined && (displayName === null || displayName.trim() === '')) {
    throw invalidInput('displayName', 'is required and can not be empty.');
  }
  checkText(displayName, 'displayName', MAX_TEXT_LENGTH);
  checkText(externalId, 'externalId', MAX_TEXT_LENGTH);
  if (parentId != null && !isUuid(parentId)) throw invalidInput('parentId', 'is not the id of a team.');
  if (leadId != null && !isUuid(leadId)) throw invalidInput('leadId', 'is not the id of a user.');
}

/** Throws INVALID_INPUT when an external id is said, be it null, by somebody who speaks for no connection. */
export function checkExternalId(connectionId: string | null, externalId: string | null | undefined): void {
  if (externalId !== undefined && connectionId === null) {
    throw externalIdWithoutConnection();
  }
}
