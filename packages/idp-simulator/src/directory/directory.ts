import type { IdpName } from './identifiers.ts';
import type { Office } from './offices.ts';

/** A person as the identity provider knows them at one moment. */
export interface Person {
  /** Position in `Generation.people`, the same in every generation. */
  readonly key: number;
  readonly externalId: string;
  /** Also the work e-mail address. */
  readonly userName: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  readonly title: string;
  readonly department: string;
  readonly costCenter: string;
  readonly employeeNumber: string;
  readonly userType: 'Employee' | 'Contractor';
  readonly office: Office;
  readonly workPhone: string;
  readonly mobilePhone: string;
  readonly active: boolean;
  /** The key of the manager; only the CEO has none. */
  readonly managerKey: number | undefined;
}

/** A group as the identity provider pushes it. */
export interface Group {
  /** Position in `Generation.groups`, the same in every generation. */
  readonly key: number;
  readonly externalId: string;
  readonly displayName: string;
  /** Keys of the members, ascending. */
  readonly members: readonly number[];
}

/** The whole directory at one moment. */
export interface Generation {
  readonly people: readonly Person[];
  readonly groups: readonly Group[];
}

/** A synthetic organisation: what the initial cycle provisions, and what it has become by the delta cycle. */
export interface Directory {
  readonly idp: IdpName;
  readonly seed: number;
  readonly generations: readonly [initial: Generation, later: Generation];
}

export const ORGANIZATION = 'Corp Example';
export const MAIL_DOMAIN = 'corp.example';
