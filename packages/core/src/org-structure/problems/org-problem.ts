/** What can be wrong with departments and managers, the gravest first: the order in which they are listed. */
export const orgProblemKinds = [
  'CYCLE',
  'SELF_MANAGER',
  'MANAGER_UNKNOWN',
  'MANAGER_INACTIVE',
  'NO_MANAGER',
  'NO_DEPARTMENT',
  'DEPARTMENT_SPELLINGS',
  'DEPARTMENT_CYCLE',
  'NAME_CLASH',
] as const;
export type OrgProblemKindName = (typeof orgProblemKinds)[number];

/** Something about departments and managers that somebody should look at. */
export interface OrgProblem {
  readonly kind: OrgProblemKindName;
  /** Tells it from the others of its kind. */
  readonly key: string;
  readonly label: string;
  readonly explanation: string;
  readonly userIds: readonly string[];
}
