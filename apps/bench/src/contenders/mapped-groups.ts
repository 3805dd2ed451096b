import { graphql } from '@rollcall/graphql-client';
import { createGroup } from '../workload/group.ts';
import { ScimClient } from '../workload/scim-client.ts';
import type { World } from '../workload/world.ts';
import type { BenchAccount } from './account.ts';

/** So many groups are mapped before the first phase; those that a phase works on come on top. */
const GROUPS = 50;
const ROLES = 10;

const CreateRole = graphql(`
  mutation CreateBenchRole($input: CreateRoleInput!) {
    createRole(input: $input) {
      role {
        id
      }
    }
  }
`);

const MapGroup = graphql(`
  mutation MapBenchGroup($input: SetGroupRolesInput!) {
    setGroupRoles(input: $input) {
      mappings {
        id
      }
    }
  }
`);

/** Makes groups that give roles, and has each that is worked on later give one too, so that whoever joins it gets it. */
export async function mapGroups({ endpoint, client, headers }: BenchAccount): Promise<World['useGroup']> {
  const roleIds: string[] = [];
  while (roleIds.length < ROLES) {
    const input = { name: `Role ${roleIds.length}`, permissions: ['users:read'] };
    const { createRole } = await client.execute(CreateRole, { input }, headers);
    roleIds.push(createRole.role.id);
  }
  let mapped = 0;
  const useGroup = (teamId: string) => {
    const roleId = roleIds[mapped % ROLES] ?? '';
    mapped += 1;
    return client.execute(MapGroup, { input: { teamId, roleIds: [roleId] } }, headers);
  };
  const scim = new ScimClient(endpoint, 1);
  for (let index = 0; index < GROUPS; index += 1)
    await useGroup((await createGroup(scim, `Mapped ${index}`)).id);
  await scim.close();
  return useGroup;
}
