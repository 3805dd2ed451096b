import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { accountOf } from '../../authorization/viewer.ts';
import {
  createCustomAttribute,
  type DefinitionProperties,
  deleteCustomAttribute,
  type NewDefinition,
  updateCustomAttribute,
} from '../../directory/change-custom-attributes.ts';
import { authorshipOf, type MutationContext, type RequestContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import {
  CreateCustomAttributeInput,
  CustomAttributePayload,
  DeleteCustomAttributeInput,
  DeleteCustomAttributePayload,
  UpdateCustomAttributeInput,
} from './custom-attribute.inputs.ts';
import {
  CustomAttributeObject,
  customAttributeFromEntity,
  toCustomAttribute,
} from './custom-attribute.type.ts';

/** Forgets what this process knows of the account's definitions. A rehearsal changes none. */
function forgetDefinitions({ platform, rehearsal, viewer }: RequestContext): void {
  if (!rehearsal) platform.definitions.forget(accountOf(viewer));
}

@Resolver(() => CustomAttributeObject)
export class CustomAttributeResolver {
  @Query(() => [CustomAttributeObject], {
    description: 'Every attribute that the account defined, oldest first; at most a hundred.',
  })
  @Requires('users:read')
  async customAttributes(@Ctx() { platform, viewer }: RequestContext): Promise<CustomAttributeObject[]> {
    return (await platform.definitions.of(accountOf(viewer))).all.map(toCustomAttribute);
  }

  @Query(() => String, {
    nullable: true,
    description:
      'Changes whenever a definition does, so that clients know whether what they remember holds; null while nothing is defined.',
  })
  @Requires('users:read')
  customAttributesVersion(
    @Ctx() { platform, viewer }: RequestContext,
  ): Promise<string | null> | string | null {
    const accountId = accountOf(viewer);
    const known = platform.definitions.known(accountId);
    if (known !== undefined) return known.version;
    return platform.definitions.of(accountId).then(({ version }) => version);
  }

  @Mutation(() => CustomAttributePayload, { description: 'Defines an attribute of people.' })
  @Requires('attributes:write')
  async createCustomAttribute(
    @Arg('input', () => CreateCustomAttributeInput, { description: 'The attribute.' }) input: NewDefinition,
    @Ctx() context: MutationContext,
  ): Promise<CustomAttributePayload> {
    const attribute = await createCustomAttribute(context.work, authorshipOf(context), input);
    forgetDefinitions(context);
    return { customAttribute: customAttributeFromEntity(attribute) };
  }

  @Mutation(() => CustomAttributePayload, {
    description: 'Changes a definition. Renaming keeps the values; indexing reads everybody who has one.',
  })
  @Requires('attributes:write')
  async updateCustomAttribute(
    @Arg('input', () => UpdateCustomAttributeInput, { description: 'Which, and what to change.' })
    input: DefinitionProperties & { id: string },
    @Ctx() context: MutationContext,
  ): Promise<CustomAttributePayload> {
    const attribute = await updateCustomAttribute(context.work, authorshipOf(context), input);
    forgetDefinitions(context);
    return { customAttribute: customAttributeFromEntity(attribute) };
  }

  @Mutation(() => DeleteCustomAttributePayload, {
    description: "Deletes a definition and everybody's value of it; the events keep what the values were.",
  })
  @Requires('attributes:write')
  async deleteCustomAttribute(
    @Arg('input', () => DeleteCustomAttributeInput, { description: 'Which.' })
    { id }: DeleteCustomAttributeInput,
    @Ctx() context: MutationContext,
  ): Promise<DeleteCustomAttributePayload> {
    await deleteCustomAttribute(context.work, authorshipOf(context), id);
    forgetDefinitions(context);
    return { deletedCustomAttributeId: id };
  }
}
