import type { SchemaType } from '@rollcall/graphql-client';
import { type Batch, type Batches, outcomeOf } from '../resources/batch.ts';
import { readResource } from '../resources/change-resource.ts';
import { ChangeTeamMembers, CreateTeams, DeleteTeams } from './documents.ts';
import { toWholeGroup, type WholeGroup } from './from-scim.ts';
import { planMemberChange } from './plan-patch.ts';

const create: Batch<WholeGroup> = {
  plan: ({ operation }, groupType) => toWholeGroup(readResource(operation.data, groupType)),
  async run({ adapter, caller }, teams) {
    const input = { teams: [...teams] };
    const { createTeams } = await adapter.client.execute(CreateTeams, { input }, caller);
    return createTeams.results.map(({ team, error }) => outcomeOf(201, team, error));
  },
};

const changeMembers: Batch<SchemaType<'TeamMembersChangeInput'>> = {
  plan({ id, memberChange }) {
    if (memberChange === undefined) return { id };
    const { addMemberIds, removeMemberIds } = planMemberChange(memberChange);
    return { id, addMemberIds, removeMemberIds };
  },
  async run({ adapter, caller }, changes) {
    const input = { changes: [...changes] };
    const { changeTeamMembers } = await adapter.client.execute(ChangeTeamMembers, { input }, caller);
    return changeTeamMembers.results.map(({ team, error }) => outcomeOf(204, team, error));
  },
};

const remove: Batch<string> = {
  plan: ({ id }) => id,
  async run({ adapter, caller }, ids) {
    const input = { teams: ids.map((id) => ({ id })) };
    const { deleteTeams } = await adapter.client.execute(DeleteTeams, { input }, caller);
    return deleteTeams.results.map(({ deletedTeamId, error }) =>
      outcomeOf(204, deletedTeamId === null ? null : { id: deletedTeamId }, error),
    );
  },
};

/** What is done to many groups by one mutation. */
export const groupBatches: Batches = { create, delete: remove, changeMembers, patchStatus: 204 };
