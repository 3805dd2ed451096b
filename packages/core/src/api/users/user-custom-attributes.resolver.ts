import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { toCustomAttributeValues } from '../../users/custom-attribute-values.ts';
import { CustomAttributeValue } from '../custom-attributes/custom-attribute.type.ts';
import type { RequestContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { UserObject } from './user.type.ts';

@Resolver(() => UserObject)
export class UserCustomAttributesResolver {
  @FieldResolver(() => [CustomAttributeValue], {
    description: 'The attributes that the account defined, as far as the person has them.',
  })
  @Requires('users:read')
  customAttributes(
    @Root() { record: { custom_attributes: values, account_id: accountId } }: UserObject,
    @Ctx() { platform: { definitions } }: RequestContext,
  ): CustomAttributeValue[] | Promise<CustomAttributeValue[]> {
    if (values === null) return [];
    const known = definitions.known(accountId);
    if (known !== undefined) return toCustomAttributeValues(values, known);
    return definitions.of(accountId).then((found) => toCustomAttributeValues(values, found));
  }
}
