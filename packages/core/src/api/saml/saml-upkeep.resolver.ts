import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { SignInConnection } from '../../model/sign-in-connection.entity.ts';
import { refreshSamlMetadata } from '../../sign-in-connections/refresh-saml-metadata.ts';
import {
  type NamedKeyPair,
  renewSamlKeyPair,
  retireSamlKeyPair,
  switchSamlKeyPair,
} from '../../sign-in-connections/renew-saml-key-pair.ts';
import type { MutationContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { scopeOf } from '../sign-in-connections/sign-in-connection.resolver.ts';
import {
  SignInConnectionPayload,
  signInConnectionFromEntity,
} from '../sign-in-connections/sign-in-connection.type.ts';
import { RefreshSamlMetadataInput, RenewSamlKeyPairInput, SamlKeyPairInput } from './saml-upkeep.type.ts';

@Resolver()
export class SamlUpkeepResolver {
  @Mutation(() => SignInConnectionPayload, {
    description:
      'Makes a second key pair of ours for a sign-in connection by SAML. Our metadata have both certificates from now on, and what is encrypted for either is opened; we sign with the one before until `switchSamlKeyPair`. Whoever does needs every permission of the account.',
  })
  @Requires('sign-in:write')
  async renewSamlKeyPair(
    @Arg('input', () => RenewSamlKeyPairInput, { description: 'Whose.' })
    { signInConnectionId }: RenewSamlKeyPairInput,
    @Ctx() context: MutationContext,
  ): Promise<SignInConnectionPayload> {
    return payloadOf(await renewSamlKeyPair(scopeOf(context), signInConnectionId));
  }

  @Mutation(() => SignInConnectionPayload, {
    description:
      'Signs with this key pair of ours from now on, once the provider knows its certificate. What is encrypted for the other one is opened until `retireSamlKeyPair`; so it can be switched back. Whoever does needs every permission of the account.',
  })
  @Requires('sign-in:write')
  async switchSamlKeyPair(
    @Arg('input', () => SamlKeyPairInput, { description: 'Which is to sign.' }) input: NamedKeyPair,
    @Ctx() context: MutationContext,
  ): Promise<SignInConnectionPayload> {
    return payloadOf(await switchSamlKeyPair(scopeOf(context), input));
  }

  @Mutation(() => SignInConnectionPayload, {
    description:
      'Forgets a key pair of ours that does not sign: our metadata have its certificate no more, and what is encrypted for it is refused. Whoever does needs every permission of the account.',
  })
  @Requires('sign-in:write')
  async retireSamlKeyPair(
    @Arg('input', () => SamlKeyPairInput, { description: 'Which is to be forgotten.' }) input: NamedKeyPair,
    @Ctx() context: MutationContext,
  ): Promise<SignInConnectionPayload> {
    return payloadOf(await retireSamlKeyPair(scopeOf(context), input));
  }

  @Mutation(() => SignInConnectionPayload, {
    description:
      'Reads the metadata of a provider again, as happens once a day by itself: its certificates are taken, another provider is not. What is wrong with them `saml.metadataProblem` says. Whoever does needs every permission of the account.',
  })
  @Requires('sign-in:write')
  async refreshSamlMetadata(
    @Arg('input', () => RefreshSamlMetadataInput, { description: 'Whose.' })
    { signInConnectionId }: RefreshSamlMetadataInput,
    @Ctx() context: MutationContext,
  ): Promise<SignInConnectionPayload> {
    return payloadOf(await refreshSamlMetadata(scopeOf(context), signInConnectionId));
  }
}

const payloadOf = (connection: SignInConnection): SignInConnectionPayload => ({
  signInConnection: signInConnectionFromEntity(connection),
});
