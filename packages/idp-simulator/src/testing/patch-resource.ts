import { z } from 'zod';

/** A stored resource. */
export type Stored = Record<string, unknown>;

export const patchSchema = z.object({
  schemas: z.tuple([z.literal('urn:ietf:params:scim:api:messages:2.0:PatchOp')]),
  Operations: z
    .array(
      z.strictObject({
        op: z.string().transform((op) => op.toLowerCase()),
        path: z.string().optional(),
        value: z.unknown().optional(),
      }),
    )
    .min(1),
});
type Operation = z.infer<typeof patchSchema>['Operations'][number];

const membersSchema = z.array(z.looseObject({ value: z.string() }));

export function isObject(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Applies one operation in place; throws when it is not one that Entra or Okta are known to send. */
export function applyOperation(resource: Stored, operation: Operation): void {
  const { op, path, value } = operation;
  if (path === undefined) {
    if (op !== 'replace' || !isObject(value)) throw new Error('only a path-less replace is known');
    const { id, ...rest } = value;
    if (id !== undefined && id !== resource.id) throw new Error('id is read-only');
    Object.assign(resource, rest);
  } else if (path.startsWith('members')) {
    resource.members = changedMembers(resource, operation);
  } else {
    assign(resource, path, op === 'remove' ? undefined : stored(path, value));
  }
}

function changedMembers(resource: Stored, { op, path, value }: Operation): unknown[] {
  const present = membersSchema.parse(resource.members ?? []);
  const filtered = /^members\[value eq "([^"]+)"\]$/.exec(path ?? '')?.[1];
  if (op === 'remove') {
    const ids =
      filtered === undefined ? membersSchema.parse(value).map((member) => member.value) : [filtered];
    return present.filter((member) => !ids.includes(member.value));
  }
  const added = membersSchema
    .parse(value)
    .filter((member) => !present.some((other) => other.value === member.value));
  return [...present, ...added];
}

/** Entra writes booleans as strings and the manager as a bare id. */
function stored(path: string, value: unknown): unknown {
  if (path === 'active') return typeof value === 'string' ? value === 'True' : value;
  return path.endsWith(':manager') && typeof value === 'string' ? { value } : value;
}

function assign(resource: Stored, path: string, value: unknown): void {
  const filtered = /^(\w+)\[type eq "(\w+)"\]\.(\w+)$/.exec(path);
  const extended = /^(urn:.*:User):(\w+)$/.exec(path);
  const dotted = /^(\w+)\.(\w+)$/.exec(path);
  if (filtered) {
    const [, attribute = '', type = '', sub = ''] = filtered;
    const elements = z.array(z.record(z.string(), z.unknown())).parse(resource[attribute] ?? []);
    const element = elements.find((candidate) => candidate.type === type) ?? { type };
    element[sub] = value;
    resource[attribute] = elements.includes(element) ? elements : [...elements, element];
  } else if (extended ?? dotted) {
    const [, container = '', sub = ''] = extended ?? dotted ?? [];
    const inner = isObject(resource[container]) ? resource[container] : {};
    resource[container] = { ...inner, [sub]: value };
  } else {
    resource[path] = value;
  }
}
