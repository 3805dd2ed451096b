import { z } from 'zod';
import { isJsonObject } from './scim-request.ts';

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** A user or group as a server answers it; only what every resource must have is asked for (RFC 7643 §3.1). */
export const resourceSchema = z.looseObject({ id: z.string().min(1) });
export type Resource = z.infer<typeof resourceSchema>;

/** A list response (RFC 7644 §3.4.2); `Resources` may be missing when nothing was found. */
export const listResponseSchema = z.looseObject({
  totalResults: z.number().int().nonnegative(),
  Resources: z.array(resourceSchema).default([]),
});

const membersSchema = z.looseObject({
  members: z.array(z.looseObject({ value: z.string() })).nullish(),
});

/** The ids in a group's `members`, which is absent when there are none; throws ZodError when it is malformed. */
export function memberIds(group: Resource): Set<string> {
  return new Set((membersSchema.parse(group).members ?? []).map(({ value }) => value));
}

/** The enterprise extension of a user, empty when it has none. */
export function enterpriseExtension(user: Resource): Readonly<Record<string, unknown>> {
  const extension = user[ENTERPRISE_SCHEMA];
  return isJsonObject(extension) ? extension : {};
}

/** The SCIM id of a user's manager. */
export function managerId(user: Resource): string | undefined {
  const manager = enterpriseExtension(user).manager;
  const value = isJsonObject(manager) ? manager.value : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
