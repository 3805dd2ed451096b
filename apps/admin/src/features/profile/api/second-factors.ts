'use client';
import { useMutation } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import type { profileQuery } from './profile.ts';

const beginTotpMutation = graphql(`
  mutation BeginTotp($input: BeginTotpInput!) {
    beginTotp(input: $input) { secret uri }
  }
`);

const confirmTotpMutation = graphql(`
  mutation ConfirmTotp($input: ConfirmTotpInput!) {
    confirmTotp(input: $input) { recoveryCodes }
  }
`);

const removeTotpMutation = graphql(`
  mutation RemoveTotp {
    removeTotp { secondFactors { recoveryCodesLeft } }
  }
`);

const beginPasskeyRegistrationMutation = graphql(`
  mutation BeginPasskeyRegistration($input: BeginPasskeyRegistrationInput!) {
    beginPasskeyRegistration(input: $input) { options }
  }
`);

const registerPasskeyMutation = graphql(`
  mutation RegisterPasskey($input: RegisterPasskeyInput!) {
    registerPasskey(input: $input) { recoveryCodes }
  }
`);

const renamePasskeyMutation = graphql(`
  mutation RenamePasskey($input: RenamePasskeyInput!) {
    renamePasskey(input: $input) { secondFactors { recoveryCodesLeft } }
  }
`);

const removePasskeyMutation = graphql(`
  mutation RemovePasskey($input: RemovePasskeyInput!) {
    removePasskey(input: $input) { secondFactors { recoveryCodesLeft } }
  }
`);

const renewRecoveryCodesMutation = graphql(`
  mutation RenewRecoveryCodes {
    renewRecoveryCodes { recoveryCodes }
  }
`);

export type SecondFactors = NonNullable<ResultOf<typeof profileQuery>['viewer']['secondFactors']>;
export type OwnPasskey = SecondFactors['passkeys'][number];

// Secrets must not stay in memory, and what is shown is read anew.
const once = { fetchPolicy: 'no-cache' } as const;
const changing = { fetchPolicy: 'no-cache' as const, refetchQueries: ['Profile'] };

export const useBeginTotp = () => useMutation(beginTotpMutation, once);
export const useConfirmTotp = () => useMutation(confirmTotpMutation, changing);
export const useRemoveTotp = () => useMutation(removeTotpMutation, changing);
export const useBeginPasskeyRegistration = () => useMutation(beginPasskeyRegistrationMutation, once);
export const useRegisterPasskey = () => useMutation(registerPasskeyMutation, changing);
export const useRenamePasskey = () => useMutation(renamePasskeyMutation, changing);
export const useRemovePasskey = () => useMutation(removePasskeyMutation, changing);
export const useRenewRecoveryCodes = () => useMutation(renewRecoveryCodesMutation, changing);
