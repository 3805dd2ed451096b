import { caseless } from './department-name.ts';
import type { DerivedTeam, PersonFacts } from './derive-structure.ts';
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

/** What becomes of one team: of the one that is, of one made by hand that has its name, or of neither. */
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
  const existing = new Map(present.map((team) => [team.key, team]));
  const handMade = new Map(manual.map((team) => [caseless(team.name), team]));
  const fates = [...derived.values()].map((after): Fate => {
    const before = existing.get(after.key);
    const name = caseless(after.name);
    const hasName = before !== undefined && caseless(before.name) === name;
    return { after, before, byHand: hasName ? undefined : handMade.get(name) };
  });
  const adopting = fates.filter(({ byHand }) => byHand !== undefined);
  const others = fates.filter(({ byHand }) => byHand === undefined);
  const ending = endingTeams(present, derived);
  const spellings = new Map(facts.map(({ id, department }) => [id, department]));
  const newTeams = fates.filter(({ before }) => before === undefined);
  return {
    created: partOf(others.flatMap((fate) => createdItem(fate, derived))),
    adopted: partOf(adopting.flatMap(adoptedItem)),
    merged: partOf([...newTeams.flatMap(({ after }) => mergedSpellings(after, spellings)), ...ending.merged]),
    removed: partOf([
      ...ending.removed,
      ...adopting.flatMap(({ before }) => (before ? [removedItem(before)] : [])),
    ]),
    renamed: partOf(others.flatMap(renamedItem)),
    moved: partOf(others.flatMap((fate) => movedItem(fate, { derived, existing }))),
    personMoves: countMoves(present, derived),
  };
}

const MAX_EXAMPLES = 50;

function partOf(items: readonly PlanItem[]): PlanPart {
  const inOrder = items.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { count: items.length, examples: inOrder.slice(0, MAX_EXAMPLES) };
}

const parentNameOf = ({ parentKey }: DerivedTeam, derived: Derived): string | null =>
  parentKey === null ? null : (derived.get(parentKey)?.name ?? null);

const createdItem = ({ before, after }: Fate, derived: Derived): PlanItem[] =>
  before === undefined
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
  { derived, existing }: { derived: Derived; existing: ReadonlyMap<string, PresentTeam> },
): PlanItem[] {
  const { parentKey, name } = after;
  const parentId = parentKey === null ? null : (existing.get(parentKey)?.id ?? 'to be created');
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

/** The teams that end: those whose people all come into one other team together with others, and the rest. */
function endingTeams(present: readonly PresentTeam[], derived: Derived) {
  const departments = new Map(
    [...derived.values()]
      .filter(({ leadId }) => leadId === null)
      .flatMap((team) => team.memberIds.map((id) => [id, team])),
  );
  const merged: PlanItem[] = [];
  const removed: PlanItem[] = [];
  for (const team of present) {
    const { id: teamId, key, name, memberIds } = team;
    if (derived.has(key)) continue;
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

function countMoves(present: readonly PresentTeam[], derived: Derived): number {
  const before = teamsByPerson(present);
  const after = teamsByPerson([...derived.values()]);
  return [...new Set([...before.keys(), ...after.keys()])].filter((id) => before.get(id) !== after.get(id))
    .length;
}

/** Which teams everybody is in, as a text that is the same for the same teams. */
function teamsByPerson(
  teams: readonly { readonly key: string; readonly memberIds: readonly string[] }[],
): Map<string, string> {
  const byPerson = new Map<string, string>();
  for (const { key, memberIds } of teams.toSorted((a, b) => (a.key < b.key ? -1 : 1)))
    for (const id of memberIds) byPerson.set(id, `${byPerson.get(id) ?? ''}\n${key}`);
  return byPerson;
}
