import { findAttribute } from '../schema/attribute.ts';
import { enterpriseUserSchema } from '../schema/enterprise-user.ts';
import type { PathTolerance } from '../schema/resolve-attribute.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/urns.ts';

/**
 * Microsoft's older documentation writes `manager` and `department` without the URN of the enterprise extension
 * (entra-docs, "Add manager"). An opt-in: pass it where paths are resolved. Resolution falls back to it only
 * when the core schema has no such attribute.
 */
export const rootEnterpriseAttributes: PathTolerance = (path, resourceType) => {
  const dot = path.indexOf('.');
  const name = dot === -1 ? path : path.slice(0, dot);
  if (findAttribute(enterpriseUserSchema.attributes, name) === undefined) return undefined;
  const isKnown = resourceType.extensions.some(({ schema }) => schema.id === ENTERPRISE_USER_SCHEMA);
  return isKnown ? `${ENTERPRISE_USER_SCHEMA}:${path}` : undefined;
};
