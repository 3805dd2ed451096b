import { type Batch, type Batches, outcomeOf } from '../resources/batch.ts';
import { readResource } from '../resources/change-resource.ts';
import { CreateUsers, DeprovisionUsers } from './documents.ts';
import { toWholeUser, type WholeUser } from './from-scim.ts';
import { withPlaceholderPassword } from './placeholder-password.ts';

const create: Batch<WholeUser> = {
  plan: ({ operation }, userType) => toWholeUser(readResource(operation.data, userType), userType),
  async run({ adapter, caller }, users) {
    const input = { users: users.map(withPlaceholderPassword) };
    const { createUsers } = await adapter.client.execute(CreateUsers, { input }, caller);
    return createUsers.results.map(({ user, error }) => outcomeOf(201, user, error));
  },
};

const deprovision: Batch<string> = {
  plan: ({ id }) => id,
  async run({ adapter, caller }, ids) {
    const input = { ids: [...ids] };
    const { deprovisionUsers } = await adapter.client.execute(DeprovisionUsers, { input }, caller);
    return deprovisionUsers.results.map(({ user, error }) => outcomeOf(204, user, error));
  },
};

/** What is done to many users by one mutation. */
export const userBatches: Batches = { create, delete: deprovision, patchStatus: 200 };
