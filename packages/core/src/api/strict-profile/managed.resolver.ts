import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { managersOf } from '../../strict-profile/managed-by.ts';
import { connectionById } from '../connections/connection.loaders.ts';
import { ConnectionObject, toConnection } from '../connections/connection.type.ts';
import type { Load } from '../request/loaders.ts';
import type { RequestContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { TeamObject } from '../teams/team.type.ts';
import { UserObject } from '../users/user.type.ts';

const managerOf =
  (kind: 'people' | 'teams'): Load<string | undefined> =>
  async ({ db, accountId }, ids) => {
    const managers = await managersOf(db, accountId, kind, ids);
    return ids.map((id) => managers.get(id)?.connection_id);
  };

const managerOfPerson = managerOf('people');
const managerOfTeam = managerOf('teams');

async function manager(
  { loaders }: RequestContext,
  load: Load<string | undefined>,
  id: string,
): Promise<ConnectionObject | null> {
  const connectionId = await loaders.load(load, id);
  const connection =
    connectionId === undefined ? undefined : await loaders.load(connectionById, connectionId);
  return connection === undefined ? null : toConnection(connection);
}

@Resolver(() => UserObject)
export class ManagedPersonResolver {
  @FieldResolver(() => ConnectionObject, {
    nullable: true,
    description:
      'The connection with the strict profile that manages the person: nobody changes them here, and they have no password. Null where there is none.',
  })
  @Requires('users:read')
  managedBy(@Root() { id }: UserObject, @Ctx() context: RequestContext): Promise<ConnectionObject | null> {
    return manager(context, managerOfPerson, id);
  }
}

@Resolver(() => TeamObject)
export class ManagedTeamResolver {
  @FieldResolver(() => ConnectionObject, {
    nullable: true,
    description:
      'The connection with the strict profile that pushes the team: nobody changes it here. Null where there is none.',
  })
  @Requires('teams:read')
  managedBy(@Root() { id }: TeamObject, @Ctx() context: RequestContext): Promise<ConnectionObject | null> {
    return manager(context, managerOfTeam, id);
  }
}
