import type { Person } from '@rollcall/idp-simulator';

/** A team by the names that people see. */
export interface NamedTeam {
  readonly name: string;
  readonly parent: string | null;
  readonly lead: string | null;
  /** The userNames, in order. */
  readonly members: readonly string[];
}

/** The organisation that the simulator built, as teams: thought out from its people alone. */
export function expectedOrg(people: readonly Person[], mode: 'DEPARTMENT' | 'MANAGER'): NamedTeam[] {
  const active = people.filter((person) => person.active);
  const managerOf = ({ managerKey }: Person): Person | undefined =>
    managerKey === undefined ? undefined : people[managerKey];
  const staff = Map.groupBy(active, ({ department }) => department);
  const departments = [...staff].map(([name, members]) => ({
    name,
    parent: mostFrequent(
      members.map((member) => managerOf(member)?.department).filter((other) => other !== name),
    ),
    lead: null,
    members: loginsOf(members),
  }));
  if (mode === 'DEPARTMENT') return sorted(departments);
  const reports = Map.groupBy(active, ({ managerKey }) => managerKey);
  const leads = people.filter(({ key }) => reports.has(key));
  const plainName = ({ department, displayName }: Person): string => `${department} - ${displayName}`;
  const bearers = Map.groupBy(leads, plainName);
  const teamName = (lead: Person): string => {
    const isAlone = bearers.get(plainName(lead))?.length === 1;
    return isAlone ? plainName(lead) : `${plainName(lead)}\u00a0(${lead.userName})`;
  };
  const subTeams = leads.map((lead) => {
    const above = managerOf(lead);
    const isInside = above !== undefined && above.department === lead.department;
    return {
      name: teamName(lead),
      parent: isInside ? teamName(above) : lead.department,
      lead: lead.userName,
      members: loginsOf(reports.get(lead.key) ?? []),
    };
  });
  return sorted([...departments, ...subTeams]);
}

const loginsOf = (people: readonly Person[]): string[] => people.map(({ userName }) => userName).sort();

const sorted = (teams: NamedTeam[]): NamedTeam[] =>
  teams.sort((one, other) => (one.name < other.name ? -1 : 1));

function mostFrequent(values: readonly (string | undefined)[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [top] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return top?.[0] ?? null;
}
