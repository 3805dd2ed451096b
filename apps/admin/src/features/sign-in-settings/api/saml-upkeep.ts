'use client';
import { useMutation } from '@apollo/client/react';
import { graphql } from '@/lib/graphql/graphql.ts';
import { connectionFields } from './sign-in-connections.ts';

const changeMutation = graphql(
  `
  mutation ChangeSamlCertificates($input: UpdateSignInConnectionInput!) {
    updateSignInConnection(input: $input) { signInConnection { ...SignInConnectionFields } }
  }
`,
  [connectionFields],
);

const refreshMutation = graphql(
  `
  mutation RefreshSamlMetadata($input: RefreshSamlMetadataInput!) {
    refreshSamlMetadata(input: $input) { signInConnection { ...SignInConnectionFields } }
  }
`,
  [connectionFields],
);

const renewMutation = graphql(
  `
  mutation RenewSamlKeyPair($input: RenewSamlKeyPairInput!) {
    renewSamlKeyPair(input: $input) { signInConnection { ...SignInConnectionFields } }
  }
`,
  [connectionFields],
);

const switchMutation = graphql(
  `
  mutation SwitchSamlKeyPair($input: SamlKeyPairInput!) {
    switchSamlKeyPair(input: $input) { signInConnection { ...SignInConnectionFields } }
  }
`,
  [connectionFields],
);

const retireMutation = graphql(
  `
  mutation RetireSamlKeyPair($input: SamlKeyPairInput!) {
    retireSamlKeyPair(input: $input) { signInConnection { ...SignInConnectionFields } }
  }
`,
  [connectionFields],
);

export const useChangeCertificates = () => useMutation(changeMutation);
export const useRefreshMetadata = () => useMutation(refreshMutation);
export const useRenewKeyPair = () => useMutation(renewMutation);
export const useSwitchKeyPair = () => useMutation(switchMutation);
export const useRetireKeyPair = () => useMutation(retireMutation);
