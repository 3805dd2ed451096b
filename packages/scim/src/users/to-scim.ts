import {
  ENTERPRISE_USER_SCHEMA,
  type JsonObject,
  type JsonValue,
  USER_SCHEMA,
} from '@rollcall/scim-protocol';
import type { ResourceUrls } from '../addresses/resource-urls.ts';
import { resourceEtag } from '../resources/resource-etag.ts';
import { assignCustomAttributes } from './custom-attributes.ts';
import type { UserResult } from './documents.ts';
import { coreTexts, enterpriseTexts, type TextName } from './user-attributes.ts';

/** Renders a user as a SCIM User (RFC 7643 §4.1, §4.3); what is unassigned is left out (§2.5). */
export function toScimUser(user: UserResult, urls: ResourceUrls, etag = userEtag(user)): JsonObject {
  const extension = toEnterpriseUser(user, urls);
  const hasExtension = hasMembers(extension);
  const schemas = hasExtension ? [USER_SCHEMA, ENTERPRISE_USER_SCHEMA] : [USER_SCHEMA];
  const resource: JsonObject = {
    schemas,
    id: user.id,
  };
  assign(resource, 'externalId', user.externalId);
  resource.userName = user.userName;
  assignSingular(resource, user);
  resource.active = user.active;
  assignPlural(resource, user);
  if (user.teams !== undefined) assignElements(resource, 'groups', toGroups(user.teams, urls));
  if (hasExtension) resource[ENTERPRISE_USER_SCHEMA] = extension;
  if (user.customAttributes.length > 0) schemas.push(...assignCustomAttributes(resource, user));
  resource.meta = {
    resourceType: 'User',
    created: user.createdAt,
    lastModified: user.updatedAt,
    location: urls.User + user.id,
    version: etag,
  };
  return resource;
}

/**
 * The tag of a user as they are shown: the groups that they belong to, the manager's name, and what the account calls their
 * custom attributes, are not their own. A definition that is deleted takes its values along.
 */
export function userEtag({ version, teams = [], managerDisplayName, customAttributes }: UserResult): string {
  const groups = teams.filter(isGroup).map(({ id, displayName }) => [id, displayName]);
  const manager = managerDisplayName === null ? [] : [managerDisplayName];
  const defined = customAttributes.map(({ schema, name }) => ({ schema, name }));
  return resourceEtag(version, [...groups, ...manager, ...defined]);
}

const isGroup = ({ origin }: NonNullable<UserResult['teams']>[number]): boolean => origin === 'DIRECTORY';

function assignSingular(resource: JsonObject, user: UserResult): void {
  const name = user.name === null ? {} : withoutNull(user.name);
  if (hasMembers(name)) resource.name = name;
  assignTexts(resource, user, coreTexts);
}

function assignPlural(resource: JsonObject, user: UserResult): void {
  assignElements(resource, 'emails', user.emails.map(withoutNull));
  assignElements(resource, 'phoneNumbers', user.phoneNumbers.map(withoutNull));
  assignElements(resource, 'ims', user.ims.map(withoutNull));
  assignElements(resource, 'photos', user.photos.map(withoutNull));
  assignElements(resource, 'addresses', user.addresses.map(withoutNull));
  assignElements(resource, 'entitlements', user.entitlements.map(withoutNull));
  assignElements(resource, 'roles', user.directoryRoles.map(withoutNull));
  assignElements(resource, 'x509Certificates', user.x509Certificates.map(withoutNull));
}

function toGroups(teams: NonNullable<UserResult['teams']>, urls: ResourceUrls): JsonObject[] {
  return teams.filter(isGroup).map(({ id, displayName }) => ({
    value: id,
    $ref: urls.Group + id,
    display: displayName,
    type: 'direct',
  }));
}

function toEnterpriseUser(user: UserResult, urls: ResourceUrls): JsonObject {
  const extension: JsonObject = {};
  assignTexts(extension, user, enterpriseTexts);
  const manager = toManager(user, urls);
  if (manager !== undefined) extension.manager = manager;
  return extension;
}

/** A manager who has not been provisioned yet is told back as the IdP named them. */
function toManager(
  { managerId, managerDisplayName, managerReference }: UserResult,
  urls: ResourceUrls,
): JsonObject | undefined {
  if (managerId === null) return managerReference === null ? undefined : { value: managerReference };
  const manager: JsonObject = { value: managerId, $ref: urls.User + managerId };
  assign(manager, 'displayName', managerDisplayName);
  return manager;
}

function assignTexts(object: JsonObject, user: UserResult, names: readonly TextName[]): void {
  for (const name of names) assign(object, name, user[name]);
}

function assign(object: JsonObject, name: string, value: string | null): void {
  if (value !== null) object[name] = value;
}

function assignElements(resource: JsonObject, name: string, elements: JsonObject[]): void {
  if (elements.length > 0) resource[name] = elements;
}

function withoutNull(parts: Record<string, JsonValue>): JsonObject {
  const present: JsonObject = {};
  for (const [name, value] of Object.entries(parts)) if (value !== null) present[name] = value;
  return present;
}

function hasMembers(object: JsonObject): boolean {
  for (const _name in object) return true;
  return false;
}
