import type { GraphQLCaller, SchemaType } from '@rollcall/graphql-client';
import type { ResourceTypeDefinition } from '@rollcall/scim-protocol';
import type { Adapter } from '../adapter.ts';
import { readWholeGroup } from '../groups/change-groups.ts';
import { planMemberChange } from '../groups/plan-patch.ts';
import { readWholeUser } from '../users/change-users.ts';
import type { WholeUser } from '../users/from-scim.ts';
import { withPlaceholderPassword } from '../users/placeholder-password.ts';
import { ChangeTeamMembers, CreateTeams, CreateUsers, DeleteTeams, DeprovisionUsers } from './documents.ts';
import { itemFailure, type Outcome } from './outcome.ts';
import type { ResolvedTask } from './resolve-task.ts';
import type { StepKind } from './task.ts';

/** Who asks, and what to ask with. */
export interface BatchCaller {
  readonly adapter: Adapter;
  readonly caller: GraphQLCaller;
}

/** Operations of one kind, done by one mutation. */
export interface Batch<Input> {
  /** What the mutation is given for a task. Throws ScimError when the task is not valid. */
  read(task: ResolvedTask, userType: ResourceTypeDefinition): Input;
  /** An outcome for each input, in order. */
  run(asked: BatchCaller, inputs: readonly Input[]): Promise<Outcome[]>;
}

/** Runs one kind of batch; the kind of its inputs is nobody else's business. */
export type RunBatch = <R>(use: <Input>(batch: Batch<Input>) => R) => R;

const runner =
  <Input>(batch: Batch<Input>): RunBatch =>
  (use) =>
    use(batch);

/** The kinds of steps that are batches. */
export const batches: Partial<Record<StepKind, RunBatch>> = {
  createUsers: runner<WholeUser>({
    read: ({ operation }, userType) => readWholeUser(operation.data, userType),
    run: createUsers,
  }),
  deleteUsers: runner<string>({
    read: ({ id }) => id,
    async run({ adapter, caller }, ids) {
      const input = { ids: [...ids] };
      const { deprovisionUsers } = await adapter.client.execute(DeprovisionUsers, { input }, caller);
      return deprovisionUsers.results.map(({ user, error }) => outcomeOf(204, user, error));
    },
  }),
  createGroups: runner<SchemaType<'CreateTeamInput'>>({
    read: ({ operation }) => readWholeGroup(operation.data),
    async run({ adapter, caller }, teams) {
      const input = { teams: [...teams] };
      const { createTeams } = await adapter.client.execute(CreateTeams, { input }, caller);
      return createTeams.results.map(({ team, error }) => outcomeOf(201, team, error));
    },
  }),
  changeMembers: runner<SchemaType<'TeamMembersChangeInput'>>({
    read: readMembersChange,
    async run({ adapter, caller }, changes) {
      const input = { changes: [...changes] };
      const { changeTeamMembers } = await adapter.client.execute(ChangeTeamMembers, { input }, caller);
      return changeTeamMembers.results.map(({ team, error }) => outcomeOf(204, team, error));
    },
  }),
  deleteGroups: runner<string>({
    read: ({ id }) => id,
    async run({ adapter, caller }, ids) {
      const input = { teams: ids.map((id) => ({ id })) };
      const { deleteTeams } = await adapter.client.execute(DeleteTeams, { input }, caller);
      return deleteTeams.results.map(({ deletedTeamId, error }) =>
        outcomeOf(204, deletedTeamId === null ? null : { id: deletedTeamId }, error),
      );
    },
  }),
};

async function createUsers(
  { adapter, caller }: BatchCaller,
  users: readonly WholeUser[],
): Promise<Outcome[]> {
  const input = { users: users.map(withPlaceholderPassword) };
  const { createUsers } = await adapter.client.execute(CreateUsers, { input }, caller);
  return createUsers.results.map(({ user, error }) => outcomeOf(201, user, error));
}

function readMembersChange({ id, memberChange }: ResolvedTask): SchemaType<'TeamMembersChangeInput'> {
  if (memberChange === undefined) return { id };
  const { addMemberIds, removeMemberIds } = planMemberChange(memberChange);
  return { id, addMemberIds, removeMemberIds };
}

function outcomeOf(
  status: 201 | 204,
  resource: { id: string } | null,
  error: Parameters<typeof itemFailure>[0] | null,
): Outcome {
  if (error !== null) return itemFailure(error);
  if (resource === null) return { error: new Error('An item of a batch has neither result nor error.') };
  return { status, id: resource.id };
}
