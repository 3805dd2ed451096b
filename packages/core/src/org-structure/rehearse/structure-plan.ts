import { fold } from '../../text/fold.ts';
import type { DerivedTeam } from '../derive/derive-structure.ts';
import type { PersonFacts } from '../derive/read-facts.ts';
import type { ManualTeam, PresentTeam, PresentTeams } from './read-present-teams.ts';

/** One team of a plan; what `before` and `after` say depends on the part. */
export interface PlanItem {
  readonly teamId: string | null;
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Teams that fare alike: how many, and some by name. */
export interface PlanPart {
  readonly count: number;
  readonly examples: readonly PlanItem[];
}

/** What becomes of the teams when the structure is rebuilt. */
export interface StructurePlan {
  readonly created: PlanPart;
  readonly renamed: PlanPart;
  readonly moved: PlanPart;
  readonly adopted: PlanPart;
  readonly merged: PlanPart;
  readonly removed: PlanPart;
  /** How many people come to be in other teams than now. */
  readonly personMoves: number;
}

type Derived = ReadonlyMap<string, DerivedTeam>;

/** What is to be, and the team that becomes it: one that follows from people already, one made by hand, or none yet. */
interface Fate {
  readonly after: DerivedTeam;
  readonly before: PresentTeam | undefined;
  readonly byHand: ManualTeam | undefined;
}

/** What turns the teams that are into those that the facts ask for. */
export function planStructure(
  derived: Derived,
  { derived: present, manual }: PresentTeams,
  facts: readonly PersonFacts[],
): StructurePlan {
  const fates = fatesOf(derived, present, manual);
  const ids = new Map(fates.map(({ after, before, byHand }) => [after.key, (byHand ?? before)?.id]));
  const continued = new Set(ids.values());
  const ending = endingTeams(
    present.filter(({ id }) => !continued.has(id)),
    derived,
  );
  const existing = new Set(present.map(({ key }) => key));
  const newTeams = [...derived.values()].filter(({ key }) => !existing.has(key));
  const spellings = new Map(facts.map(({ id, department }) => [id, department]));
  return {
    created: partOf(fates.flatMap((fate) => createdItem(fate, derived))),
    adopted: partOf(fates.flatMap(adoptedItem)),
    merged: partOf([...newTeams.flatMap((team) => mergedSpellings(team, spellings)), ...ending.merged]),
    removed: partOf(ending.removed),
    renamed: partOf(fates.flatMap(renamedItem)),
    moved: partOf(fates.flatMap((fate) => movedItem(fate, { derived, ids }))),
    personMoves: countMoves(
      present,
      [...derived.values()].map(({ key, memberIds }) => ({ id: ids.get(key) ?? key, memberIds })),
    ),
  };
}

/**
 * A team stays what it is while it has the name. A new name may be that of a team made by hand, or of one that was, and
 * that nothing else has a use for: then that one takes the place.
 */
function fatesOf(derived: Derived, present: readonly PresentTeam[], manual: readonly ManualTeam[]): Fate[] {
  const existing = new Map(present.map((team) => [team.key, team]));
  const handMade = new Map(manual.map((team) => [fold(team.name), team]));
  const released = new Map(
    present
      .filter(({ key, isAdopted }) => isAdopted && !derived.has(key))
      .map((team) => [fold(team.name), team]),
  );
  return [...derived.values()].map((after) => {
    const own = existing.get(after.key);
    const name = fold(after.name);
    if (own !== undefined && fold(own.name) === name) return { after, before: own, byHand: undefined };
    const byHand = handMade.get(name);
    return { after, before: byHand === undefined ? (released.get(name) ?? own) : undefined, byHand };
  });
}

const MAX_EXAMPLES = 50;

function partOf(items: readonly PlanItem[]): PlanPart {
  const inOrder = items.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { count: items.length, examples: inOrder.slice(0, MAX_EXAMPLES) };
}

const parentNameOf = ({ parentKey }: DerivedTeam, derived: Derived): string | null =>
  parentKey === null ? null : (derived.get(parentKey)?.name ?? null);

const createdItem = ({ before, byHand, after }: Fate, derived: Derived): PlanItem[] =>
  before === undefined && byHand === undefined
    ? [{ teamId: null, name: after.name, before: null, after: parentNameOf(after, derived) }]
    : [];

const adoptedItem = ({ byHand, after: { name } }: Fate): PlanItem[] =>
  byHand === undefined ? [] : [{ teamId: byHand.id, name, before: byHand.name, after: name }];

const removedItem = ({ id, name, isAdopted }: PresentTeam): PlanItem => ({
  teamId: id,
  name,
  before: name,
  after: isAdopted ? name : null,
});

const renamedItem = ({ before, after: { name } }: Fate): PlanItem[] =>
  before === undefined || before.name === name
    ? []
    : [{ teamId: before.id, name, before: before.name, after: name }];

function movedItem(
  { before, after }: Fate,
  { derived, ids }: { derived: Derived; ids: ReadonlyMap<string, string | undefined> },
): PlanItem[] {
  const { parentKey, name } = after;
  const parentId = parentKey === null ? null : (ids.get(parentKey) ?? 'to be created');
  if (before === undefined || before.parentId === parentId) return [];
  return [{ teamId: before.id, name, before: before.parentName, after: parentNameOf(after, derived) }];
}

const MAX_SPELLINGS = 10;

/** A new team of a department that its people write in several ways. */
function mergedSpellings(team: DerivedTeam, spellings: ReadonlyMap<string, string | null>): PlanItem[] {
  if (team.leadId !== null) return [];
  const written = [...new Set(team.memberIds.map((id) => spellings.get(id) ?? ''))].toSorted();
  if (written.length < 2) return [];
  const shown = written.slice(0, MAX_SPELLINGS).map((spelling) => JSON.stringify(spelling));
  if (written.length > MAX_SPELLINGS) shown.push('…');
  return [{ teamId: null, name: team.name, before: shown.join(', '), after: team.name }];
}

/** Of the teams that end, those whose people all come into one other team together with others, and the rest. */
function endingTeams(ending: readonly PresentTeam[], derived: Derived) {
  const departments = new Map(
    [...derived.values()]
      .filter(({ leadId }) => leadId === null)
      .flatMap((team) => team.memberIds.map((id) => [id, team])),
  );
  const merged: PlanItem[] = [];
  const removed: PlanItem[] = [];
  for (const team of ending) {
    const { id: teamId, key, name, memberIds } = team;
    const into = isOfDepartment(key) ? commonTeam(memberIds, departments) : undefined;
    if (into !== undefined) merged.push({ teamId, name: into.name, before: name, after: into.name });
    else removed.push(removedItem(team));
  }
  return { merged, removed };
}

const isOfDepartment = (key: string): boolean => key.startsWith('department ');

/** The one team that all of these come into, when others come into it too. */
function commonTeam(
  memberIds: readonly string[],
  departments: ReadonlyMap<string, DerivedTeam>,
): DerivedTeam | undefined {
  const teams = new Set(memberIds.map((id) => departments.get(id)));
  const [team] = teams;
  return teams.size === 1 && team !== undefined && team.memberIds.length > memberIds.length
    ? team
    : undefined;
}

interface TeamOfPeople {
  readonly id: string;
  readonly memberIds: readonly string[];
}

function countMoves(present: readonly TeamOfPeople[], future: readonly TeamOfPeople[]): number {
  const before = teamsByPerson(present);
  const after = teamsByPerson(future);
  const people = new Set([...before.keys(), ...after.keys()]);
  return [...people].filter((person) => before.get(person) !== after.get(person)).length;
}

/** Which teams everybody is in, as a text that is the same for the same teams. */
function teamsByPerson(teams: readonly TeamOfPeople[]): Map<string, string> {
  const byPerson = new Map<string, string>();
  for (const { id, memberIds } of teams.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    for (const person of memberIds) byPerson.set(person, `${byPerson.get(person) ?? ''}\n${id}`);
  return byPerson;
}
