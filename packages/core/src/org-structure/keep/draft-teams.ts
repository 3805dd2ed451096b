import type { CreateTeamsName } from '../../model/account.entity.ts';
import { fold } from '../../text/fold.ts';
import { cycleOf, type Pointer, parentDepartment } from '../derive/cycles.ts';
import { subTeamName, toldApart } from '../derive/department-name.ts';
import { departmentTeam, managerTeam } from '../derive/derive-structure.ts';
import type {
  DepartmentOnLine,
  DepartmentState,
  KeptTeam,
  ManagerState,
  NameClaimant,
} from './read-teams.ts';

/** A team as it is to be. */
export interface TeamDraft {
  readonly key: string;
  readonly managerId: string | null;
  readonly department: string | null;
  /** The name before clashes are told apart. */
  readonly name: string;
  readonly claim: string;
  readonly displayName: string;
  readonly parentKey: string | null;
  /** The department that this one points to, and whether such pointers lead back to it. */
  readonly pointsTo: string | null;
  readonly onCycle: boolean;
}

/** What stands for one department or one manager's reports: the team that there is, and the one that is to be. */
export interface TeamEntry {
  readonly key: string;
  readonly team: KeptTeam | null;
  readonly draft: TeamDraft | null;
}

/** What was read of the teams that may differ. */
export interface TeamsRead {
  readonly createTeams: CreateTeamsName;
  readonly departments: readonly DepartmentState[];
  /** The teams that those departments point to, one after the other. */
  readonly lines: readonly DepartmentOnLine[];
  readonly managers: readonly ManagerState[];
}

const nowhere = { pointsTo: null, onCycle: false };

/** What becomes of each team that was read, but for clashes of names: those may need others that were not. */
export function draftTeams(read: TeamsRead): TeamEntry[] {
  const departments = draftDepartments(read);
  return [...departments.values(), ...draftSubTeams(read, departments)];
}

function draftDepartments({ departments, lines }: TeamsRead): Map<string, TeamEntry> {
  const pointers = new Map<string, Pointer>();
  for (const { department, points_to, weight, heads } of lines)
    if (department !== null) pointers.set(department, { pointsTo: points_to, weight, heads });
  for (const { department, spelling, points_to, weight, heads } of departments) {
    if (spelling === null) pointers.delete(department);
    else pointers.set(department, { pointsTo: points_to, weight, heads });
  }
  const pointer = (key: string) => pointers.get(key);
  const draft = (department: string, name: string): TeamDraft => {
    const parent = parentDepartment(department, pointer);
    return {
      key: departmentTeam(department),
      managerId: null,
      department,
      name,
      claim: department,
      displayName: name,
      parentKey: parent === null ? null : departmentTeam(parent),
      pointsTo: pointer(department)?.pointsTo ?? null,
      onCycle: cycleOf(department, (key) => pointer(key)?.pointsTo) !== undefined,
    };
  };
  const entries = new Map<string, TeamEntry>();
  for (const team of lines) {
    if (team.department === null) continue;
    entries.set(team.department, {
      key: departmentTeam(team.department),
      team,
      draft: draft(team.department, team.name),
    });
  }
  for (const { department, team, spelling } of departments) {
    entries.set(department, {
      key: departmentTeam(department),
      team,
      draft: spelling === null ? null : draft(department, spelling),
    });
  }
  return entries;
}

function draftSubTeams(
  { createTeams, managers }: TeamsRead,
  departments: ReadonlyMap<string, TeamEntry>,
): TeamEntry[] {
  const states = new Map(managers.map((manager) => [manager.id, manager]));
  const leads = ({ person, has_members }: ManagerState) =>
    createTeams === 'MANAGER' && person !== null && has_members;
  return managers.map((manager) => {
    const key = managerTeam(manager.id);
    const { person, team } = manager;
    if (person === null || !leads(manager)) return { key, team, draft: null };
    const { department, manager_id } = person;
    const entry = department === null ? undefined : departments.get(department);
    const hasTeam = entry === undefined ? person.department_team_id !== null : entry.draft !== null;
    const departmentName = entry === undefined ? person.department_name : (entry.draft?.name ?? null);
    const name = subTeamName(department === null ? null : (departmentName ?? person.spelling), person.label);
    const above = manager_id === null ? undefined : states.get(manager_id);
    const isUnderManager =
      manager_id !== null &&
      person.manager_department === department &&
      (above === undefined ? person.manager_team_id !== null : leads(above));
    const under = department !== null && hasTeam ? departmentTeam(department) : null;
    const draft = {
      key,
      managerId: manager.id,
      department,
      name,
      claim: fold(name),
      displayName: name,
      parentKey: isUnderManager ? managerTeam(manager_id) : under,
      ...nowhere,
    };
    return { key, team, draft };
  });
}

/**
 * The names that somebody comes to claim, or claims no more, and those that are told apart by a userName of before: only
 * those may have to be told apart anew.
 */
export const contestedNames = (
  entries: readonly TeamEntry[],
  userNames: ReadonlyMap<string, string>,
): string[] => [
  ...new Set(
    entries
      .filter(
        (entry) =>
          entry.team?.claim !== entry.draft?.claim ||
          entry.team?.name !== entry.draft?.name ||
          isToldApartByAnother(entry, userNames),
      )
      .flatMap(({ team, draft }) => [team?.claim ?? [], draft?.claim ?? []].flat()),
  ),
];

/** Does the team's name tell it apart by what its manager is not called any more? */
function isToldApartByAnother({ team, draft }: TeamEntry, userNames: ReadonlyMap<string, string>): boolean {
  if (team === null || draft === null || draft.managerId === null) return false;
  const manager = { id: draft.managerId, userName: userNames.get(draft.managerId) ?? '' };
  return ![draft.name, toldApart(draft.name, manager)].includes(team.display_name);
}

/** The names that are contested, and what else is known of them. */
export interface Claims {
  readonly contested: ReadonlySet<string>;
  readonly claimants: readonly NameClaimant[];
  readonly departments: readonly string[];
}

/** Tells apart the sub-teams that claim one name with another or with a department, also those whose rival is gone. */
export function settleClaims(
  entries: readonly TeamEntry[],
  { contested, claimants, departments }: Claims,
  userNames: ReadonlyMap<string, string>,
): TeamEntry[] {
  const drafted = new Set(entries.map(({ key }) => key));
  const others = claimants.filter(({ team }) => !drafted.has(managerTeam(team.manager_id ?? '')));
  const subTeams = entries.filter(({ draft }) => draft?.managerId != null);
  const rivals = Map.groupBy(
    [...subTeams.map(claimOf), ...others.map(({ team }) => team.claim)],
    (claim) => claim,
  );
  const isDepartment = (claim: string): boolean => {
    const entry = entries.find(({ key }) => key === departmentTeam(claim));
    return entry === undefined ? departments.includes(claim) : entry.draft !== null;
  };
  const uniqueName = (name: string, claim: string, manager: { id: string; userName: string }): string =>
    (rivals.get(claim)?.length ?? 0) > 1 || isDepartment(claim) ? toldApart(name, manager) : name;
  return [
    ...entries.map((entry) => {
      const { draft } = entry;
      if (draft === null || draft.managerId === null) return entry;
      if (entry.team !== null && !contested.has(draft.claim))
        return { ...entry, draft: { ...draft, displayName: entry.team.display_name } };
      const manager = { id: draft.managerId, userName: userNames.get(draft.managerId) ?? '' };
      return { ...entry, draft: { ...draft, displayName: uniqueName(draft.name, draft.claim, manager) } };
    }),
    ...others.map(({ team, user_name }) => keptButForTheName(team, user_name, uniqueName)),
  ];
}

const claimOf = ({ draft }: TeamEntry): string => draft?.claim ?? '';

function keptButForTheName(
  team: KeptTeam,
  userName: string,
  uniqueName: (name: string, claim: string, manager: { id: string; userName: string }) => string,
): TeamEntry {
  const managerId = team.manager_id ?? '';
  const { department, name, claim } = team;
  const displayName = uniqueName(name, claim, { id: managerId, userName });
  const key = managerTeam(managerId);
  return {
    key,
    team,
    draft: { key, managerId, department, name, claim, displayName, parentKey: KEPT, ...nowhere },
  };
}

/** Stands for the parent that a team has already. */
export const KEPT = 'kept';
