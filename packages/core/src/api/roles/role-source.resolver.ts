import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { accountOf, personOf, signedIn } from '../../authorization/viewer.ts';
import { findErasure } from '../../role-source/erasure.ts';
import { listErasedGrants, permissionsLost } from '../../role-source/find-erased-grants.ts';
import { type RoleSourceChange, setRoleSource } from '../../role-source/set-role-source.ts';
import { authorshipOf, type MutationContext, type RequestContext } from '../request/request-context.ts';
import { ForwardPageArgs } from '../schema/page.inputs.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { userById } from '../users/user.loaders.ts';
import { toUser, UserObject } from '../users/user.type.ts';
import { roleById, rolesWithoutErased } from './role.loaders.ts';
import { RoleObject, toPermissions, toRole } from './role.type.ts';
import {
  ErasedGrantObject,
  ErasedGrantPage,
  RoleSourcePayload,
  RoleSourcePreview,
  SetRoleSourceInput,
  toErasedGrant,
} from './role-source.type.ts';

@Resolver(() => RoleSourcePreview)
export class RoleSourceResolver {
  @Query(() => RoleSourcePreview, {
    description:
      'What would be erased if roles came from SCIM alone: everything that was given by hand and by sign-ins.',
  })
  @Requires('roles:read')
  async roleSourcePreview(@Ctx() { db, viewer }: RequestContext): Promise<RoleSourcePreview> {
    const accountId = accountOf(viewer);
    const person = personOf(signedIn(viewer));
    const { version, grants, people, admins } = await findErasure(db, accountId);
    const lost = person === null ? [] : await permissionsLost(db, accountId, person);
    return {
      version,
      grantCount: grants,
      userCount: people,
      remainingAdminCount: admins,
      lostPermissions: toPermissions(lost),
    };
  }

  @FieldResolver(() => ErasedGrantPage, { description: 'The grants that would be erased, by id.' })
  @Requires('roles:read')
  async grants(
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<PageObject<ErasedGrantObject>> {
    return toPage(await listErasedGrants(db, accountOf(viewer), page), toErasedGrant);
  }

  @Mutation(() => RoleSourcePayload, {
    description:
      'Decides where the roles of people come from. From SCIM alone erases for good what was given by hand and by sign-ins. Whoever does needs every permission of the account.',
  })
  @Requires('roles:write')
  async setRoleSource(
    @Arg('input', () => SetRoleSourceInput, { description: 'From where, and the confirmation.' })
    input: RoleSourceChange,
    @Ctx() context: MutationContext,
  ): Promise<RoleSourcePayload> {
    const viewer = signedIn(context.viewer);
    const set = await setRoleSource(context.work, authorshipOf(context), viewer, input);
    return { roleSource: set.roleSource, changed: set.changed, erasedGrantCount: set.erasedGrants };
  }
}

@Resolver(() => ErasedGrantObject)
export class ErasedGrantResolver {
  @FieldResolver(() => UserObject, { description: 'Whose it is.' })
  @Requires('users:read')
  async user(@Root() { record }: ErasedGrantObject, @Ctx() { loaders }: RequestContext): Promise<UserObject> {
    const user = await loaders.load(userById, record.user_id);
    if (user === undefined) throw new Error(`The person ${record.user_id} of a grant is gone.`);
    return toUser(user);
  }

  @FieldResolver(() => RoleObject, { description: 'The role.' })
  @Requires('roles:read')
  async role(@Root() { record }: ErasedGrantObject, @Ctx() { loaders }: RequestContext): Promise<RoleObject> {
    const role = await loaders.load(roleById, record.role_id);
    if (role === undefined) throw new Error(`The role ${record.role_id} of a grant is gone.`);
    return toRole(role);
  }

  @FieldResolver(() => [RoleObject], { description: 'The roles that would count for the person afterwards.' })
  @Requires('roles:read')
  async rolesAfterwards(
    @Root() { record }: ErasedGrantObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<RoleObject[]> {
    return (await loaders.load(rolesWithoutErased, record.user_id)).map(({ role }) => toRole(role));
  }
}
