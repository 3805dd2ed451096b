import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { accountOf } from '../../authorization/viewer.ts';
import { listProblems } from '../../org-structure/problems/list-problems.ts';
import type { OrgProblem, OrgProblemKindName } from '../../org-structure/problems/org-problem.ts';
import { DEFAULT_PAGE_SIZE } from '../../pages/page.ts';
import type { RequestContext } from '../request/request-context.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { CursorScalar } from '../schema/scalars.ts';
import { userById } from '../users/user.loaders.ts';
import { toUser, UserObject } from '../users/user.type.ts';
import { OrgProblemKind, OrgProblemObject, OrgProblemPage } from './org-problem.type.ts';

/** Kinds that are about one person, who comes first among those concerned. */
const aboutOne: ReadonlySet<string> = new Set<OrgProblemKindName>([
  'SELF_MANAGER',
  'MANAGER_INACTIVE',
  'NO_MANAGER',
  'NO_DEPARTMENT',
]);

@Resolver(() => OrgProblemObject)
export class OrgProblemResolver {
  @Query(() => OrgProblemPage, {
    description:
      'What is wrong with departments and managers, whether or not teams follow from them: the gravest kinds first, then by label.',
  })
  @Requires('users:read')
  async orgProblems(
    @Arg('kinds', () => [OrgProblemKind], { nullable: true, description: 'Only these; all when left out.' })
    kinds: OrgProblemKindName[] | null,
    @Arg('first', () => Int, { defaultValue: DEFAULT_PAGE_SIZE, description: 'How many, 1 to 500.' })
    first: number | null,
    @Arg('after', () => CursorScalar, { nullable: true, description: 'Those that come after this place.' })
    after: string | null,
    @Ctx() { platform, viewer }: RequestContext,
  ): Promise<PageObject<OrgProblemObject>> {
    const page = await listProblems(platform.database, accountOf(viewer), { kinds, first, after });
    return Object.assign(toPage(page, toProblem), { counts: page.counts });
  }

  @FieldResolver(() => UserObject, {
    nullable: true,
    description: 'The person it is about; null where it is about several, or about a department.',
  })
  @Requires('users:read')
  async user(
    @Root() { kind, userIds }: OrgProblemObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<UserObject | null> {
    const [id] = userIds;
    const found = aboutOne.has(kind) && id !== undefined ? await loaders.load(userById, id) : undefined;
    return found === undefined ? null : toUser(found);
  }

  @FieldResolver(() => [UserObject], { description: 'Everybody concerned, as in `userIds`.' })
  @Requires('users:read')
  async users(
    @Root() { userIds }: OrgProblemObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<UserObject[]> {
    const found = await Promise.all(userIds.map((id) => loaders.load(userById, id)));
    return found.flatMap((record) => (record === undefined ? [] : toUser(record)));
  }
}

const toProblem = ({ kind, label, explanation, userIds }: OrgProblem): OrgProblemObject => ({
  kind,
  label,
  explanation,
  userIds,
});
