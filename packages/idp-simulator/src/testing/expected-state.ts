import { expect } from 'vitest';
import { z } from 'zod';
import type { Generation } from '../directory/directory.ts';
import type { InMemoryScim } from './in-memory-scim.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const userSchema = z.object({
  id: z.string(),
  externalId: z.string(),
  userName: z.string(),
  active: z.boolean(),
  displayName: z.string(),
  title: z.string(),
  name: z.object({ familyName: z.string() }),
  emails: z.tuple([z.object({ type: z.literal('work'), value: z.string() })]),
  [ENTERPRISE]: z.object({
    department: z.string(),
    employeeNumber: z.string(),
    manager: z.object({ value: z.string() }).optional(),
  }),
});

const groupSchema = z.object({
  displayName: z.string(),
  members: z.array(z.object({ value: z.string() })).default([]),
});

/** Asserts that the server holds exactly the people, managers, groups and members of the generation. */
export function expectGeneration(server: InMemoryScim, { people, groups }: Generation): void {
  const users = [...server.users.values()].map((user) => userSchema.parse(user));
  const keyOfName = new Map(people.map((person) => [person.userName, person.key]));
  const keyOfId = new Map(users.map((user) => [user.id, keyOfName.get(user.userName)]));
  const shownPeople = users.map((user) => ({
    key: keyOfName.get(user.userName),
    externalId: user.externalId,
    active: user.active,
    displayName: user.displayName,
    familyName: user.name.familyName,
    title: user.title,
    email: user.emails[0].value,
    department: user[ENTERPRISE].department,
    employeeNumber: user[ENTERPRISE].employeeNumber,
    managerKey: keyOfId.get(user[ENTERPRISE].manager?.value ?? ''),
  }));
  expect(shownPeople.sort((one, other) => Number(one.key) - Number(other.key))).toEqual(
    people.map((person) => ({
      key: person.key,
      externalId: person.externalId,
      active: person.active,
      displayName: person.displayName,
      familyName: person.familyName,
      title: person.title,
      email: person.userName,
      department: person.department,
      employeeNumber: person.employeeNumber,
      managerKey: person.managerKey,
    })),
  );
  const shownGroups = [...server.groups.values()].map((group) => {
    const { displayName, members } = groupSchema.parse(group);
    return [
      displayName,
      members.map(({ value }) => Number(keyOfId.get(value))).sort((a, b) => a - b),
    ] as const;
  });
  expect(Object.fromEntries(shownGroups)).toEqual(
    Object.fromEntries(groups.map((group) => [group.displayName, group.members])),
  );
}
