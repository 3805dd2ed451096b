import type { PropertyChange } from '../../model/event.ts';
import { type ChartPersonRecord, type ChartTeamRecord, labelOf } from '../view/chart-records.ts';
import type { ChartView } from '../view/chart-view.ts';
import type { PersonDifference, TeamDifference } from './chart-difference.ts';

/** A person or a team beside another one, as changes tell it. */
interface Reference {
  readonly id: string;
  readonly displayName: string;
}

interface Views {
  readonly from: ChartView;
  readonly to: ChartView;
}

/** What differs of a person, property by property; `manager` and `teams` as references. */
export async function changesOfPerson(
  { from, to }: Views,
  { before, after }: PersonDifference,
): Promise<PropertyChange[]> {
  const [propertiesBefore, propertiesAfter] = await Promise.all([
    personProperties(from, before),
    personProperties(to, after),
  ]);
  return differing(propertiesBefore, propertiesAfter);
}

/** What differs of a team, property by property; `parent` and `lead` as references. */
export async function changesOfTeam(
  { from, to }: Views,
  { before, after }: TeamDifference,
): Promise<PropertyChange[]> {
  const [propertiesBefore, propertiesAfter] = await Promise.all([
    teamProperties(from, before),
    teamProperties(to, after),
  ]);
  return differing(propertiesBefore, propertiesAfter);
}

type Value = string | boolean | null | Reference | readonly Reference[];
type Properties = Readonly<Record<string, Value>>;

function differing(before: Properties, after: Properties): PropertyChange[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].flatMap((field) => {
    const change = { field, before: before[field] ?? null, after: after[field] ?? null };
    return identityOf(change.before) === identityOf(change.after) ? [] : [change];
  });
}

/** Who only got another name is the same. */
function identityOf(value: Value): string {
  const ids = (list: readonly Reference[]) => list.map(({ id }) => id).sort();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return JSON.stringify('id' in value ? value.id : ids(value));
}

async function personProperties(view: ChartView, person: ChartPersonRecord | null): Promise<Properties> {
  if (person === null) return { onCycle: false };
  const [manager, teams] = await Promise.all([
    personReference(view, person.manager_id),
    view.teamsOfPerson.load(person.id),
  ]);
  return {
    userName: person.user_name,
    displayName: person.display_name,
    title: person.title,
    department: person.department,
    photo: person.photo,
    status: person.status,
    onCycle: person.on_cycle,
    manager,
    teams: teams.length === 0 ? null : teams.map(teamReference),
  };
}

async function teamProperties(view: ChartView, team: ChartTeamRecord | null): Promise<Properties> {
  if (team === null) return {};
  const [parent, lead] = await Promise.all([
    team.parent_id === null ? undefined : view.teamById.load(team.parent_id),
    personReference(view, team.lead_id),
  ]);
  return {
    displayName: team.display_name,
    origin: team.origin,
    parent: parent === undefined ? null : teamReference(parent),
    lead,
  };
}

async function personReference(view: ChartView, id: string | null): Promise<Reference | null> {
  const found = id === null ? undefined : await view.personById.load(id);
  return found === undefined ? null : { id: found.id, displayName: labelOf(found) };
}

const teamReference = ({ id, display_name }: ChartTeamRecord): Reference => ({
  id,
  displayName: display_name,
});
