import { Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { RequestContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { ViewerObject } from '../viewer/viewer.type.ts';
import { loadSecondFactors } from './second-factor.loaders.ts';
import { SecondFactorsObject } from './second-factor.type.ts';

@Resolver(() => ViewerObject)
export class ViewerSecondFactorsResolver {
  @FieldResolver(() => SecondFactorsObject, {
    nullable: true,
    description: 'What they can show beside their password; null for machines.',
  })
  @Requires('signed-in')
  async secondFactors(@Ctx() { loaders, viewer }: RequestContext): Promise<SecondFactorsObject | null> {
    return viewer.kind === 'USER' ? loadSecondFactors(loaders, viewer.userId) : null;
  }
}
