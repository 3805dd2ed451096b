import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type CredentialPowers, credentialPowersOf } from '../../authorization/credential-powers.ts';
import { accountOf, connectionOf, signedIn } from '../../authorization/viewer.ts';
import { type CreateOptions, createUsers } from '../../directory/create-users.ts';
import { deprovisionUsers } from '../../directory/deprovision-users.ts';
import { refusalOfPasswords } from '../../directory/newcomer-passwords.ts';
import { updateUser } from '../../directory/update-user.ts';
import { isUuid } from '../../text/uuid.ts';
import {
  type DefinitionsSource,
  definitionsForList,
  definitionsForUsers,
} from '../../users/definitions-for.ts';
import { findUser } from '../../users/find-users.ts';
import { listUsers } from '../../users/list-users.ts';
import type { UserFilter } from '../../users/user-filter.ts';
import type { UserOrder } from '../../users/user-order.ts';
import type { NewUser, UserChanges } from '../../users/user-properties.ts';
import type { RecordOptions, UserRecord } from '../../users/user-record.ts';
import { batchOf } from '../request/batch.ts';
import { authorshipOf, type MutationContext, type RequestContext } from '../request/request-context.ts';
import { selectedFields } from '../request/selected-fields.ts';
import { ForwardPageArgs, PageArgs } from '../schema/page.inputs.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import {
  CreateUserInput,
  CreateUsersInput,
  DeprovisionUserInput,
  DeprovisionUsersInput,
  UpdateUserInput,
  UserOrderInput,
} from './user.inputs.ts';
import { reportCount, userById } from './user.loaders.ts';
import { toUserResult, UserPayload, UsersPayload } from './user.payloads.ts';
import { toUser, UserObject, UserPage } from './user.type.ts';
import { UserFilterInput } from './user-filter.inputs.ts';

/** What to read with each user: what was asked for, seen from the viewer's connection. */
const recordOptions = ({ viewer }: RequestContext, info: GraphQLResolveInfo): RecordOptions => ({
  connectionId: connectionOf(viewer),
  withTeams: selectedFields(info).has('teams'),
});

const definitionsOf = ({ platform, viewer }: RequestContext): DefinitionsSource => ({
  accountId: accountOf(viewer),
  definitions: platform.definitions,
});

const powersOf = ({ viewer }: RequestContext): CredentialPowers => credentialPowersOf(signedIn(viewer));

async function createOptions(
  context: RequestContext,
  info: GraphQLResolveInfo,
  users: readonly NewUser[],
): Promise<CreateOptions> {
  const { db, viewer } = context;
  return {
    definitions: await definitionsForUsers(definitionsOf(context), users),
    passwordRefusal: await refusalOfPasswords(db, accountOf(viewer), powersOf(context), users),
    withTeams: recordOptions(context, info).withTeams,
  };
}

@Resolver(() => UserObject)
export class UserResolver {
  @Query(() => UserObject, {
    nullable: true,
    description: 'A person by id, deprovisioned ones too; null when there is none.',
  })
  @Requires('users:read')
  async user(
    @Arg('id', () => ID, { description: 'The id.' }) id: string,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UserObject | null> {
    if (!isUuid(id)) return null;
    const record = await findUser(context.db, accountOf(context.viewer), id, recordOptions(context, info));
    return record === undefined ? null : toUser(record);
  }

  @Query(() => UserPage, { description: 'The people of the account.' })
  @Requires('users:read')
  async users(
    @Arg('filter', () => UserFilterInput, { nullable: true, description: 'Who; everybody when left out.' })
    filter: UserFilter | null,
    @Arg('orderBy', () => UserOrderInput, {
      nullable: true,
      description: 'In which order; by id when left out.',
    })
    orderBy: UserOrder | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<PageObject<UserObject>> {
    const definitions = await definitionsForList(definitionsOf(context), { filter, orderBy });
    const found = await listUsers(
      context.db,
      accountOf(context.viewer),
      { ...page, filter, orderBy, definitions },
      recordOptions(context, info),
    );
    return toPage(found, toUser);
  }

  @Mutation(() => UserPayload, {
    description: 'Creates a person, or revives one who was deprovisioned under the same userName.',
  })
  @Requires('users:write')
  async createUser(
    @Arg('input', () => CreateUserInput, { description: 'The person.' }) input: NewUser,
    @Ctx() context: MutationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UserPayload> {
    const options = await createOptions(context, info, [input]);
    const [outcome] = await createUsers(context.work, authorshipOf(context), [input], options);
    if (outcome === undefined || 'error' in outcome)
      throw outcome?.error ?? new Error('createUsers answered nothing');
    return { user: toUser(outcome.user), changed: true };
  }

  @Mutation(() => UsersPayload, {
    description: 'Creates people in one go; each succeeds or is refused by itself.',
  })
  @Requires('users:write')
  async createUsers(
    @Arg('input', () => CreateUsersInput, { description: 'The people.' }) input: CreateUsersInput,
    @Ctx() context: MutationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UsersPayload> {
    const users = batchOf(input.users, 'users', context);
    const options = await createOptions(context, info, users);
    const outcomes = await createUsers(context.work, authorshipOf(context), users, options);
    return { results: outcomes.map(toUserResult) };
  }

  @Mutation(() => UserPayload, { description: 'Changes a person; writes nothing where nothing differs.' })
  @Requires('users:write')
  async updateUser(
    @Arg('input', () => UpdateUserInput, { description: 'Who, and what to change.' })
    input: UserChanges & { id: string; ifVersion?: number | null },
    @Ctx() context: MutationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UserPayload> {
    const { id, ifVersion, ...changes } = input;
    const { withTeams } = recordOptions(context, info);
    const definitions = await definitionsForUsers(definitionsOf(context), [changes]);
    const update = {
      id,
      ifVersion,
      changes,
      powers: powersOf(context),
      withTeams,
      keptSessionId: context.viewer.kind === 'USER' ? context.viewer.sessionId : null,
    };
    const { user, changed } = await updateUser(context.work, authorshipOf(context), update, definitions);
    return { user: toUser(user), changed };
  }

  @Mutation(() => UserPayload, {
    description:
      'Takes a person out of the directory: access, roles and memberships end, the history stays. Creating the userName again revives them.',
  })
  @Requires('users:write')
  async deprovisionUser(
    @Arg('input', () => DeprovisionUserInput, { description: 'Who.' }) {
      id,
      ifVersion,
    }: DeprovisionUserInput,
    @Ctx() context: MutationContext,
  ): Promise<UserPayload> {
    const [outcome] = await deprovisionUsers(context.work, authorshipOf(context), { ids: [id], ifVersion });
    if (outcome === undefined || 'error' in outcome)
      throw outcome?.error ?? new Error('deprovisionUsers answered nothing');
    return { user: toUser(outcome.user), changed: true };
  }

  @Mutation(() => UsersPayload, {
    description: 'Takes people out of the directory in one go; each succeeds or is refused by itself.',
  })
  @Requires('users:write')
  async deprovisionUsers(
    @Arg('input', () => DeprovisionUsersInput, { description: 'Who.' }) input: DeprovisionUsersInput,
    @Ctx() context: MutationContext,
  ): Promise<UsersPayload> {
    const ids = batchOf(input.ids, 'ids', context);
    return {
      results: (await deprovisionUsers(context.work, authorshipOf(context), { ids })).map(toUserResult),
    };
  }

  @FieldResolver(() => UserObject, { nullable: true, description: 'The person they report to.' })
  @Requires('users:read')
  async manager(
    @Root() { managerId }: UserObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<UserObject | null> {
    const record = managerId === null ? undefined : await loaders.load(userById, managerId);
    return record === undefined ? null : toUser(record);
  }

  @FieldResolver(() => Int, { description: 'How many people report to them directly.' })
  @Requires('users:read')
  reportCount(@Root() { id }: UserObject, @Ctx() { loaders }: RequestContext): Promise<number> {
    return loaders.load(reportCount, id);
  }

  @FieldResolver(() => UserPage, {
    description: 'The people who report to them directly, by display name.',
  })
  @Requires('users:read')
  async reports(
    @Root() { id }: UserObject,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<PageObject<UserObject>> {
    const found = await listUsers(
      context.db,
      accountOf(context.viewer),
      { ...page, filter: { managerId: { equals: id } }, orderBy: { field: 'LABEL', direction: 'ASC' } },
      recordOptions(context, info),
    );
    return toPage<UserRecord, UserObject>(found, toUser);
  }
}
