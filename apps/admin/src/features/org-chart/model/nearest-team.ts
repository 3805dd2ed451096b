interface TeamOfPerson {
  id: string;
  origin: string;
  parentId: string | null;
  memberCount: number;
  lead: object | null;
}

/**
 * The team that says most of where a person stands: a derived one before one made by hand, the innermost before those
 * that hold it, the smaller before the larger.
 */
export function nearestTeam<T extends TeamOfPerson>(teams: readonly T[]): T | undefined {
  const holds = new Set(teams.map(({ parentId }) => parentId));
  const rank = (team: T) =>
    Number(team.origin !== 'ORG_STRUCTURE') * 4 + Number(holds.has(team.id)) * 2 + Number(team.lead === null);
  return [...teams].sort((one, other) => rank(one) - rank(other) || one.memberCount - other.memberCount)[0];
}
