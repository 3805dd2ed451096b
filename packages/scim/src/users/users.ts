import { notFound, resolveAttribute, toDirectUpdate, userResourceType } from '@rollcall/scim-protocol';
import type { ResourcePort, Write } from '../resources/resource-port.ts';
import { partVariables } from '../resources/stored-list.ts';
import { userBatches } from './batches.ts';
import {
  CountUsers,
  CreateUser,
  DeprovisionUser,
  GetUser,
  GetUserWithoutGroups,
  ListUsers,
  ListUsersWithoutGroups,
  UpdateUser,
  UpdateUserWithoutGroups,
  type UserResult,
} from './documents.ts';
import { toWholeUser, type UserChange } from './from-scim.ts';
import { withPlaceholderPassword } from './placeholder-password.ts';
import { planUserFilter } from './plan-filter.ts';
import { planUserOrder } from './plan-order.ts';
import { planComputedUpdate, planDirectUpdate } from './plan-patch.ts';
import { toScimUser, userEtag } from './to-scim.ts';

/** People, as SCIM has them: Users. Of a deleted one the account keeps the history, and SCIM nothing. */
export const users: ResourcePort<UserResult> = {
  name: 'User',
  resourceType: userResourceType,
  memberships: resolveAttribute(userResourceType, 'groups'),
  resourceTypeFor: (scope) => scope.userType(),

  async create({ adapter: { client }, caller }, resource, { resourceType }) {
    const input = withPlaceholderPassword(toWholeUser(resource, resourceType));
    return (await client.execute(CreateUser, { input }, caller)).createUser.user;
  },

  async get({ adapter: { client }, caller }, id, withGroups) {
    const { user } = await client.execute(withGroups ? GetUser : GetUserWithoutGroups, { id }, caller);
    if (user === null || user.status === 'DEPROVISIONED') throw notFound('User', id);
    return user;
  },

  list({ adapter: { client }, caller }, { filter: asked, sort, resourceType, withMemberships }) {
    const matching = planUserFilter(asked, resourceType);
    const orderBy = planUserOrder(sort);
    if (matching === false) return undefined;
    const filter = matching === true ? undefined : matching;
    const document = withMemberships ? ListUsers : ListUsersWithoutGroups;
    return {
      identity: { users: filter, orderBy },
      count: async () => (await client.execute(CountUsers, { filter }, caller)).users.totalCount,
      read: async (part) =>
        (await client.execute(document, { filter, orderBy, ...partVariables(part) }, caller)).users,
    };
  },

  replace: (resource, resourceType) => update(toWholeUser(resource, resourceType)),

  patch(operations, resourceType) {
    const direct = toDirectUpdate(operations);
    if (direct !== undefined) return update(planDirectUpdate(direct, resourceType));
    return {
      planFrom(present) {
        const change = planComputedUpdate(present, operations, resourceType);
        return change && update(change);
      },
    };
  },

  delete: ({ adapter: { client }, caller }, target) =>
    client.execute(DeprovisionUser, { input: target }, caller),

  render: toScimUser,
  etag: userEtag,
  withoutMemberships: ({ teams, ...user }) => user,
  answersPatch: () => true,
  batches: userBatches,
};

const update =
  (change: UserChange): Write<UserResult> =>
  async ({ adapter: { client }, caller }, { id, ifVersion, withMemberships }) => {
    const document = withMemberships ? UpdateUser : UpdateUserWithoutGroups;
    const input = { ...change, id, ifVersion };
    return (await client.execute(document, { input }, caller)).updateUser.user;
  };
