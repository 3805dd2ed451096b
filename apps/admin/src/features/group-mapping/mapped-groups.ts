import type { MappableTeam, Mapping } from './api/group-mapping.ts';

/** A group of a connection as the table shows it, with the mappings that give its roles. */
export interface MappedGroup {
  name: string;
  /** Null until the identity provider pushes it. */
  team: MappableTeam | null;
  mappings: Mapping[];
}

/** The groups that have been pushed, with their mappings. */
export function pushedGroups(teams: readonly MappableTeam[], mappings: readonly Mapping[]): MappedGroup[] {
  const byTeam = Map.groupBy(mappings, ({ group }) => group.team?.id);
  return teams.map((team) => ({ name: team.displayName, team, mappings: byTeam.get(team.id) ?? [] }));
}

/** The groups that are mapped by name and wait until they are pushed, by name; only those whose name has the text. */
export function waitingGroups(mappings: readonly Mapping[], search: string): MappedGroup[] {
  const waiting = mappings.filter(
    ({ group }) => !group.pushed && group.name.toLowerCase().includes(search.toLowerCase()),
  );
  const byName = Map.groupBy(waiting, ({ group }) => group.name.toLowerCase());
  return [...byName.values()]
    .map((those) => ({ name: those[0]?.group.name ?? '', team: null, mappings: those }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));
}
