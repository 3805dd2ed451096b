import { emptyList, type ListedType, listedPart } from '../search/resource-list.ts';
import { sortKeyOf } from '../search/sort-keys.ts';
import { CountUsers, ListUsers, ListUsersWithoutGroups } from './documents.ts';
import { planUserFilter } from './plan-filter.ts';
import { planUserOrder } from './plan-order.ts';
import { projectUser, showsGroups } from './represent.ts';

/** Users, as lists and searches have them. */
export const users: ListedType = {
  resourceTypeFor: ({ userTypes }, { caller }) => userTypes.of(caller),
  list({ client }, { filter, sort, projection, resourceType: userType }, { caller, urls }) {
    const matching = planUserFilter(filter, userType);
    const orderBy = planUserOrder(sort);
    if (matching === false) return emptyList;
    const which = { filter: matching === true ? undefined : matching };
    return {
      identity: { users: which.filter, orderBy },
      async count() {
        return (await client.execute(CountUsers, which, caller)).users.totalCount;
      },
      async read(part) {
        const variables = { ...which, orderBy, ...part };
        const found = showsGroups({ projection })
          ? (await client.execute(ListUsers, variables, caller)).users
          : (await client.execute(ListUsersWithoutGroups, variables, caller)).users;
        return listedPart(found, {
          toResource: (user) => projectUser(user, { projection, userType }, urls),
          keyOf: (user) => sortKeyOf(user, sort),
        });
      },
    };
  },
};
