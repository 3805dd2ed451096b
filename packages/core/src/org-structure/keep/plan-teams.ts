import { fold } from '../../text/fold.ts';
import { newId } from '../../text/uuid.ts';
import { departmentTeam, managerTeam } from '../derive/derive-structure.ts';
import { KEPT, type TeamDraft, type TeamEntry } from './draft-teams.ts';
import { type KnownPerson, managerOf, type PeopleChanges } from './people.ts';
import type { AdoptableTeam, KeptTeam, ManagerState } from './read-teams.ts';

/** What a team shows of itself. */
export interface TeamFace {
  readonly displayName: string;
  readonly parentId: string | null;
  readonly leadId: string | null;
  readonly origin: 'ORG_STRUCTURE' | 'MANUAL';
}

/** All that is to be written of teams. */
export interface TeamsPlan {
  readonly created: readonly { readonly id: string; readonly face: TeamFace }[];
  readonly changed: readonly { readonly id: string; readonly before: TeamFace; readonly after: TeamFace }[];
  readonly dissolved: readonly { readonly id: string; readonly name: string }[];
  /** What the structure knows of its teams from now on. */
  readonly kept: readonly KeptRow[];
  /** The teams that it knows no more. */
  readonly forgotten: readonly string[];
  readonly joins: readonly MemberRow[];
  readonly leaves: readonly MemberRow[];
  /** Teams that take, or lose, everybody of a department or of a manager. */
  readonly fills: readonly GroupRow[];
  readonly drains: readonly GroupRow[];
}

export interface MemberRow {
  readonly team_id: string;
  readonly name: string;
  readonly user_id: string;
}

export interface GroupRow {
  readonly team_id: string;
  readonly name: string;
  readonly department: string | null;
  readonly manager_id: string | null;
}

export type KeptRow = Omit<KeptTeam, 'display_name' | 'parent_id' | 'lead_id'>;

/** An entry, and the team that it is to have. */
interface Placed {
  readonly entry: TeamEntry;
  readonly draft: TeamDraft;
  readonly id: string;
  /** The team made by hand that it takes over. */
  readonly adopted: AdoptableTeam | undefined;
}

/** Do these go by a new name, which a team made by hand may have already? */
export const newNames = (entries: readonly TeamEntry[]): string[] =>
  entries.flatMap(({ team, draft }) =>
    draft !== null && (team === null || fold(team.display_name) !== fold(draft.displayName))
      ? [draft.displayName]
      : [],
  );

export interface Plannable {
  readonly entries: readonly TeamEntry[];
  readonly managers: readonly ManagerState[];
  readonly adoptable: readonly AdoptableTeam[];
  readonly people: PeopleChanges;
  /** Do all these people join their teams, whether something differs or not? */
  readonly everything: boolean;
}

/** What is to be written so that teams and memberships follow the drafts. */
export function planTeams({ entries, managers, adoptable, people, everything }: Plannable): TeamsPlan {
  const placed = place(entries, adoptable);
  const ids = parentIds(entries, managers, placed);
  const leaving = entries.filter(({ key, team }) => team !== null && placed.get(key)?.id !== team.team_id);
  const taken = new Set([...placed.values()].map(({ id }) => id));
  const dissolved = leaving.flatMap(({ team }) => (team === null || team.is_adopted ? [] : [team]));
  const released = leaving.flatMap(({ team }) =>
    team?.is_adopted === true && !taken.has(team.team_id) ? [team] : [],
  );
  const fresh = [...placed.values()].filter(({ entry, id }) => entry.team?.team_id !== id);
  const faces = new Map([...placed.values()].map((each) => [each, faceOf(each, ids)]));
  const face = (each: Placed): TeamFace => faces.get(each) ?? faceOf(each, ids);
  return {
    created: fresh
      .filter(({ adopted }) => adopted === undefined)
      .map((each) => ({ id: each.id, face: face(each) })),
    changed: [
      ...[...placed.values()].flatMap((each) => changeOf(each, face(each))),
      ...released.map((team) => ({
        id: team.team_id,
        before: faceNow(team, 'ORG_STRUCTURE'),
        after: handed(team),
      })),
    ],
    dissolved: dissolved.map(({ team_id, display_name }) => ({ id: team_id, name: display_name })),
    kept: [...placed.values()].flatMap(keptRow),
    forgotten: leaving.flatMap(({ team }) => team?.team_id ?? []),
    ...memberships(people, { entries, placed, everything }),
    fills: fresh.map(({ id, draft }) => groupOf(id, draft.displayName, draft)),
    drains: released.map((team) =>
      groupOf(team.team_id, team.display_name, { managerId: team.manager_id, department: team.department }),
    ),
  };
}

const groupOf = (
  team_id: string,
  name: string,
  { managerId, department }: { managerId: string | null; department: string | null },
): GroupRow => ({ team_id, name, manager_id: managerId, department: managerId === null ? department : null });

/** Gives every draft its team: the one that it has, one made by hand with its name, or a new one. */
function place(entries: readonly TeamEntry[], adoptable: readonly AdoptableTeam[]): Map<string, Placed> {
  const renamed = new Set(newNames(entries));
  const byName = new Map<string, AdoptableTeam>();
  for (const { team, draft } of entries)
    if (team?.is_adopted === true && draft === null)
      byName.set(fold(team.display_name), { ...team, id: team.team_id });
  for (const team of adoptable) byName.set(fold(team.display_name), team);
  const placed = new Map<string, Placed>();
  for (const entry of entries) {
    const { draft, team, key } = entry;
    if (draft === null) continue;
    const adopted = renamed.has(draft.displayName) ? byName.get(fold(draft.displayName)) : undefined;
    placed.set(key, { entry, draft, adopted, id: adopted?.id ?? team?.team_id ?? newId() });
  }
  return placed;
}

/** The ids of all teams that may be somebody's parent, by key. */
function parentIds(
  entries: readonly TeamEntry[],
  managers: readonly ManagerState[],
  placed: ReadonlyMap<string, Placed>,
): Map<string, string> {
  const ids = new Map<string, string>();
  for (const { person } of managers) {
    if (person?.manager_team_id != null && person.manager_id !== null)
      ids.set(managerTeam(person.manager_id), person.manager_team_id);
    if (person?.department_team_id != null && person.department !== null)
      ids.set(departmentTeam(person.department), person.department_team_id);
  }
  for (const { key } of entries) ids.delete(key);
  for (const { entry, id } of placed.values()) ids.set(entry.key, id);
  return ids;
}

const faceOf = ({ draft, entry, adopted }: Placed, ids: ReadonlyMap<string, string>): TeamFace => ({
  displayName: draft.displayName,
  parentId:
    draft.parentKey === KEPT
      ? (entry.team?.parent_id ?? null)
      : draft.parentKey === null
        ? null
        : (ids.get(draft.parentKey) ?? null),
  leadId: draft.managerId ?? leadByHand(adopted ?? entry.team),
  origin: 'ORG_STRUCTURE',
});

const faceNow = (
  team: Pick<KeptTeam, 'display_name' | 'parent_id' | 'lead_id'>,
  origin: TeamFace['origin'],
): TeamFace => ({ displayName: team.display_name, parentId: team.parent_id, leadId: team.lead_id, origin });

/** As it goes back to those who made it. */
const handed = (team: KeptTeam): TeamFace => ({
  displayName: team.display_name,
  parentId: null,
  leadId: leadByHand(team),
  origin: 'MANUAL',
});

/** Who leads a department nothing says: a team that was made by hand keeps the lead that it was given. */
const leadByHand = (team: Pick<AdoptableTeam, 'manager_id' | 'lead_id'> | null): string | null =>
  team === null || team.manager_id !== null ? null : team.lead_id;

function changeOf({ id, adopted, entry: { team } }: Placed, after: TeamFace): TeamsPlan['changed'][number][] {
  const before =
    adopted !== undefined
      ? faceNow(adopted, team?.team_id === id ? 'ORG_STRUCTURE' : 'MANUAL')
      : team?.team_id === id
        ? faceNow(team, 'ORG_STRUCTURE')
        : undefined;
  return before === undefined || JSON.stringify(before) === JSON.stringify(after)
    ? []
    : [{ id, before, after }];
}

function keptRow({ entry: { team }, draft, id, adopted }: Placed): KeptRow[] {
  const { managerId: manager_id, department, name, claim, pointsTo: points_to, onCycle: on_cycle } = draft;
  const is_adopted = adopted !== undefined || (team?.team_id === id && team.is_adopted);
  const row = { team_id: id, manager_id, department, name, claim, is_adopted, points_to, on_cycle };
  const isSame =
    team !== null && Object.entries(row).every(([column, value]) => team[column as keyof KeptRow] === value);
  return isSame ? [] : [row];
}

/** Who joins and leaves which of the teams that stay. */
function memberships(
  { touched }: PeopleChanges,
  {
    entries,
    placed,
    everything,
  }: Pick<Plannable, 'entries' | 'everything'> & { placed: ReadonlyMap<string, Placed> },
): Pick<TeamsPlan, 'joins' | 'leaves'> {
  const teams = new Map(entries.map(({ key, team }) => [key, team]));
  const joins: MemberRow[] = [];
  const leaves: MemberRow[] = [];
  for (const { id: user_id, before, after } of touched) {
    const [left, joined] = [teamsOf(before), teamsOf(after)];
    for (const key of left) {
      const team = teams.get(key);
      if (team != null && !joined.includes(key))
        leaves.push({ team_id: team.team_id, name: team.display_name, user_id });
    }
    for (const key of joined) {
      const team = placed.get(key);
      if (team !== undefined && (everything || !left.includes(key)))
        joins.push({ team_id: team.id, name: team.draft.displayName, user_id });
    }
  }
  return { joins, leaves };
}

/** The keys of the teams that somebody is in. */
function teamsOf(person: KnownPerson | undefined): string[] {
  if (person === undefined || !person.is_member) return [];
  const manager = managerOf(person);
  return [
    ...(person.department === null ? [] : [departmentTeam(person.department)]),
    ...(manager === null ? [] : [managerTeam(manager)]),
  ];
}
