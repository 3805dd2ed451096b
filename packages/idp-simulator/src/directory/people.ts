import type { Person } from './directory.ts';
import { type IdpName, personExternalId } from './identifiers.ts';
import { personName } from './names.ts';
import { OFFICES, type Office } from './offices.ts';
import type { Position } from './org-tree.ts';
import { Random } from './random.ts';
import type { UserNames } from './user-names.ts';

/** What turns positions into people; ids come from their own sequence, so that both IdPs employ the same people. */
export interface Hiring {
  readonly idp: IdpName;
  readonly random: Random;
  readonly ids: Random;
  readonly userNames: UserNames;
}

/** The sequences from which a directory of that seed hires. */
export function hiringOf(idp: IdpName, seed: number, userNames: UserNames): Hiring {
  return { idp, userNames, random: new Random(`${seed}:people`), ids: new Random(`${seed}:${idp}:people`) };
}

/** Finds a person for a position. */
export function hire(hiring: Hiring, key: number, position: Position): Person {
  const { random } = hiring;
  const office = officeOf(random);
  const { givenName, familyName } = personName(random, office.culture);
  return {
    key,
    externalId: personExternalId(hiring.idp, hiring.ids),
    userName: hiring.userNames.claim(givenName, familyName),
    givenName,
    familyName,
    displayName: `${givenName} ${familyName}`,
    title: position.title,
    department: position.department,
    costCenter: position.costCenter,
    employeeNumber: `E${String(100_001 + key)}`,
    userType: random.fraction() < 0.06 && position.managerKey !== undefined ? 'Contractor' : 'Employee',
    office,
    workPhone: phoneNumber(office, random),
    mobilePhone: phoneNumber(office, random),
    active: true,
    managerKey: position.managerKey,
  };
}

/** Keys of everybody who has at least one report. */
export function managerKeys(people: readonly Person[]): Set<number> {
  const keys = new Set<number>();
  for (const { managerKey } of people) if (managerKey !== undefined) keys.add(managerKey);
  return keys;
}

function officeOf(random: Random): Office {
  const total = OFFICES.reduce((sum, office) => sum + office.weight, 0);
  let point = random.below(total);
  for (const office of OFFICES) {
    if (point < office.weight) return office;
    point -= office.weight;
  }
  throw new RangeError('the weights of the offices do not add up');
}

function phoneNumber(office: Office, random: Random): string {
  return `${office.phonePrefix} ${random.text('0123456789', 4)}`;
}
