import {
  applyPatch,
  groupResourceType,
  notFound,
  resolveAttribute,
  toMemberChange,
} from '@rollcall/scim-protocol';
import type { ResourcePort, Write } from '../resources/resource-port.ts';
import { partVariables } from '../resources/stored-list.ts';
import { groupBatches } from './batches.ts';
import {
  CountTeams,
  CreateTeam,
  CreateTeamWithoutMembers,
  DeleteTeam,
  GetTeam,
  GetTeamWithoutMembers,
  ListTeams,
  ListTeamsWithoutMembers,
  type TeamResult,
  UpdateTeam,
  UpdateTeamWithoutMembers,
} from './documents.ts';
import { type TeamChange, toWholeGroup } from './from-scim.ts';
import { planGroupFilter } from './plan-filter.ts';
import { planGroupOrder } from './plan-order.ts';
import { planGroupDifference, planMemberChange } from './plan-patch.ts';
import { groupEtag, toScimGroup } from './to-scim.ts';

/** The teams that a directory pushed, which SCIM calls Groups; it knows no others. */
export const groups: ResourcePort<TeamResult> = {
  name: 'Group',
  resourceType: groupResourceType,
  memberships: resolveAttribute(groupResourceType, 'members'),
  resourceTypeFor: () => groupResourceType,

  /** The members, whom the request has just named, are read back for their names. */
  async create({ adapter: { client }, caller }, resource, { withMemberships }) {
    const document = withMemberships ? CreateTeam : CreateTeamWithoutMembers;
    return (await client.execute(document, { input: toWholeGroup(resource) }, caller)).createTeam.team;
  },

  async get({ adapter: { client }, caller }, id, withMembers) {
    const { team } = await client.execute(withMembers ? GetTeam : GetTeamWithoutMembers, { id }, caller);
    if (team === null || team.origin !== 'DIRECTORY') throw notFound('Group', id);
    return team;
  },

  list({ adapter: { client }, caller }, { filter: asked, sort, withMemberships }) {
    const filter = planGroupFilter(asked);
    const orderBy = planGroupOrder(sort);
    if (filter === false) return undefined;
    const document = withMemberships ? ListTeams : ListTeamsWithoutMembers;
    return {
      identity: { groups: filter, orderBy },
      count: async () => (await client.execute(CountTeams, { filter }, caller)).teams.totalCount,
      read: async (part) =>
        (await client.execute(document, { filter, orderBy, ...partVariables(part) }, caller)).teams,
    };
  },

  replace(resource) {
    const { memberIds, ...attributes } = toWholeGroup(resource);
    return update({ ...attributes, setMemberIds: memberIds });
  },

  patch(operations) {
    const change = toMemberChange(operations);
    if (change !== undefined) return update(planMemberChange(change));
    return {
      planFrom(present) {
        const after = applyPatch(present, operations, groupResourceType);
        return after === present ? undefined : update(planGroupDifference(present, after));
      },
    };
  },

  delete: ({ adapter: { client }, caller }, target) => client.execute(DeleteTeam, { input: target }, caller),

  render: toScimGroup,
  etag: groupEtag,
  withoutMemberships: ({ memberReferences, ...team }) => team,
  /** Members may be very many, and hardly any client waits for them: a connection is set to it, or is answered 204. */
  answersPatch: async ({ adapter, caller }) => (await adapter.settings(caller)).answersGroupPatch,
  batches: groupBatches,
};

const update =
  (change: TeamChange): Write<TeamResult> =>
  async ({ adapter: { client }, caller }, { id, ifVersion, withMemberships }) => {
    const document = withMemberships ? UpdateTeam : UpdateTeamWithoutMembers;
    const input = { ...change, id, ifVersion };
    return (await client.execute(document, { input }, caller)).updateTeam.team;
  };
