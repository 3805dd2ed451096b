'use client';
import { useMutation } from '@apollo/client/react';
import { graphql } from '@/lib/graphql/graphql.ts';

const proveIdentityMutation = graphql(`
  mutation ProveIdentity($input: ProveIdentityInput!) {
    proveIdentity(input: $input) { provenUntil }
  }
`);

const beginPasskeyProofMutation = graphql(`
  mutation BeginPasskeyProof($input: BeginPasskeyProofInput!) {
    beginPasskeyProof(input: $input) { options }
  }
`);

// What proves it must not stay in memory.
export const useProveIdentity = () => useMutation(proveIdentityMutation, { fetchPolicy: 'no-cache' });

export const useBeginPasskeyProof = () => useMutation(beginPasskeyProofMutation, { fetchPolicy: 'no-cache' });
