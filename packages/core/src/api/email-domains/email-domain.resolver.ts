import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { accountOf, signedIn } from '../../authorization/viewer.ts';
import { addDomain, removeDomain, verifyDomain } from '../../email-domains/change-email-domains.ts';
import { listEmailDomains } from '../../email-domains/find-email-domains.ts';
import { authorshipOf, type MutationContext, type RequestContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import {
  AddDomainInput,
  DomainInput,
  EmailDomainObject,
  EmailDomainPayload,
  RemoveDomainPayload,
  toEmailDomain,
  VerifyDomainPayload,
} from './email-domain.type.ts';

@Resolver()
export class EmailDomainResolver {
  @Query(() => [EmailDomainObject], { description: 'The domains of the account, by name.' })
  @Requires('sign-in:read')
  async emailDomains(@Ctx() { db, viewer }: RequestContext): Promise<EmailDomainObject[]> {
    return (await listEmailDomains(db, accountOf(viewer))).map(toEmailDomain);
  }

  @Mutation(() => EmailDomainPayload, {
    description: 'Adds a domain of e-mail addresses; it counts once it is proven.',
  })
  @Requires('sign-in:write')
  async addDomain(
    @Arg('input', () => AddDomainInput, { description: 'The domain.' }) { name }: AddDomainInput,
    @Ctx() context: MutationContext,
  ): Promise<EmailDomainPayload> {
    return { domain: toEmailDomain(await addDomain(context.work, authorshipOf(context), name)) };
  }

  @Mutation(() => VerifyDomainPayload, {
    description:
      'Asks the DNS for the TXT record that proves a domain, also of one that is proven: it is asked again once a day anyway.',
  })
  @Requires('sign-in:write')
  async verifyDomain(
    @Arg('input', () => DomainInput, { description: 'Which.' }) { id }: DomainInput,
    @Ctx() context: MutationContext,
  ): Promise<VerifyDomainPayload> {
    const { work, platform, viewer } = context;
    const request = { id, viewer: signedIn(viewer), resolveTxt: platform.resolveTxt };
    const { domain, found } = await verifyDomain(work, authorshipOf(context), request);
    return { domain: toEmailDomain(domain), found };
  }

  @Mutation(() => RemoveDomainPayload, {
    description: 'Removes a domain: nobody is found or created by its addresses any more. Links stay.',
  })
  @Requires('sign-in:write')
  async removeDomain(
    @Arg('input', () => DomainInput, { description: 'Which.' }) { id }: DomainInput,
    @Ctx() context: MutationContext,
  ): Promise<RemoveDomainPayload> {
    return { removedId: await removeDomain(context.work, authorshipOf(context), id) };
  }
}
