import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'A sign-in connection by SAML whose key pair is to be renewed.' })
export class RenewSamlKeyPairInput {
  @Field(() => ID, { description: 'Which.' })
  signInConnectionId!: string;
}

@InputType({ description: "A sign-in connection by SAML whose provider's metadata are to be read again." })
export class RefreshSamlMetadataInput {
  @Field(() => ID, { description: 'Which.' })
  signInConnectionId!: string;
}

@InputType({ description: 'A key pair of ours, with which we sign for a sign-in connection by SAML.' })
export class SamlKeyPairInput {
  @Field(() => ID, { description: 'Of which sign-in connection.' })
  signInConnectionId!: string;
  @Field(() => String, {
    description: 'The SHA-256 fingerprint of its certificate, as `ownKeyPairs` has it.',
  })
  fingerprint!: string;
}
