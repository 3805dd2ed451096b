import { groupResourceType } from '@rollcall/scim-protocol';
import { emptyList, type ListedType, listedPart } from '../search/resource-list.ts';
import { sortKeyOf } from '../search/sort-keys.ts';
import { CountTeams, ListTeams, ListTeamsWithoutMembers } from './documents.ts';
import { planGroupFilter } from './plan-filter.ts';
import { planGroupOrder } from './plan-order.ts';
import { projectGroup, showsMembers } from './represent.ts';

/** Groups, as lists and searches have them. */
export const groups: ListedType = {
  resourceTypeFor: () => groupResourceType,
  list({ client }, { filter, sort, projection }, { caller, urls }) {
    const matching = planGroupFilter(filter);
    const orderBy = planGroupOrder(sort);
    if (matching === false) return emptyList;
    const which = { filter: matching };
    return {
      identity: { groups: matching, orderBy },
      async count() {
        return (await client.execute(CountTeams, which, caller)).teams.totalCount;
      },
      async read(part) {
        const variables = { ...which, orderBy, ...part };
        const found = showsMembers(projection)
          ? (await client.execute(ListTeams, variables, caller)).teams
          : (await client.execute(ListTeamsWithoutMembers, variables, caller)).teams;
        return listedPart(found, {
          toResource: (team) => projectGroup(team, projection, urls),
          keyOf: (team) => sortKeyOf(team, sort),
        });
      },
    };
  },
};
