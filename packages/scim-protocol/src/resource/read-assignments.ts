import { invalidValue } from '../errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, namesOf } from '../json.ts';
import { findAttribute, type SchemaDefinition } from '../schema/attribute.ts';
import {
  findExtension,
  isCoreSchema,
  type PathTolerance,
  resolveAttribute,
} from '../schema/resolve-attribute.ts';
import type { ResourceTypeDefinition } from '../schema/resource-type.ts';
import { isIgnoredInsideValue } from '../tolerances/ignored-members.ts';
import type { Assignment } from './assignment.ts';
import { GivenOnce } from './given-once.ts';

/** A member of an object: its name, which may be a path, and its value. */
export type Member = readonly [name: string, raw: JsonValue];

/**
 * Lists what the members of a resource body assign. Their names may be in any case, dotted or URN-prefixed (Microsoft Entra
 * ID sends both). What no schema knows and what clients can't write is left out. Throws invalidSyntax for an attribute with
 * two values.
 */
export function readAssignments(
  members: readonly Member[],
  resourceType: ResourceTypeDefinition,
  tolerances: readonly PathTolerance[] = [],
): readonly Assignment[] {
  const given = new GivenOnce();
  const assignments: Assignment[] = [];
  for (const member of members) {
    const assignment = readMember(member, resourceType, tolerances);
    if (assignment === undefined) continue;
    given.add(assignment);
    assignments.push(assignment);
  }
  return assignments;
}

/** What one member assigns; undefined where nothing that a client may write. */
export function readMember(
  [name, raw]: Member,
  resourceType: ResourceTypeDefinition,
  tolerances: readonly PathTolerance[] = [],
): Assignment | undefined {
  const target = resolveAttribute(resourceType, name, tolerances);
  return target === undefined || isIgnoredInsideValue(target) ? undefined : { target, raw };
}

/**
 * The members of an object, those of containers with them: an extension's as `urn:name`, the core schema's by their name, so
 * that they are read as those outside are. Throws invalidValue for a container that is no object.
 */
export function membersOf(object: JsonObject, resourceType: ResourceTypeDefinition): readonly Member[] {
  const members: Member[] = [];
  for (const name of namesOf(object)) {
    const raw = object[name] ?? null;
    // What stands in a core container once more is unknown: nothing is nested without end.
    if (isCoreSchema(resourceType, name)) {
      for (const each of entriesOf(name, raw)) addMembers(members, each, resourceType);
    } else addMembers(members, [name, raw], resourceType);
  }
  return members;
}

/** Adds one by one: as arguments of one call, very many would exhaust the stack. */
function addMembers(members: Member[], member: Member, resourceType: ResourceTypeDefinition): void {
  const extension = findExtension(resourceType, member[0]);
  if (extension === undefined) members.push(member);
  else for (const each of membersOfExtension(extension, member[1])) members.push(each);
}

/** The members of an extension's container that it knows, and an id; null unassigns everything in it. */
export function membersOfExtension(extension: SchemaDefinition, raw: JsonValue): readonly Member[] {
  const { id: urn, attributes } = extension;
  if (raw === null) return attributes.map(({ name }): Member => [`${urn}:${name}`, null]);
  return entriesOf(urn, raw)
    .filter(([name]) => isOfExtension(name, extension))
    .map(([name, value]): Member => [`${urn}:${name}`, value]);
}

function isOfExtension(name: string, { attributes }: SchemaDefinition): boolean {
  const dot = name.indexOf('.');
  const whole = dot === -1 ? name : name.slice(0, dot);
  return findAttribute(attributes, whole) !== undefined || whole.toLowerCase() === 'id';
}

function entriesOf(urn: string, raw: JsonValue): readonly Member[] {
  if (!isJsonObject(raw)) throw invalidValue(urn, 'must be an object with the attributes of the schema.');
  return namesOf(raw).map((name): Member => [name, raw[name] ?? null]);
}
