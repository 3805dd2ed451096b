'use client';
import { useMutation, useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const domainFields = graphql(`
  fragment DomainFields on EmailDomain {
    __typename
    id
    name
    txtName
    txtValue
    status
    verifiedAt
    checkedAt
    missingSince
    lostAt
  }
`);

const domainsQuery = graphql(
  `
  query EmailDomains { emailDomains { ...DomainFields } }
`,
  [domainFields],
);

const addMutation = graphql(
  `
  mutation AddDomain($input: AddDomainInput!) { addDomain(input: $input) { domain { ...DomainFields } } }
`,
  [domainFields],
);

const verifyMutation = graphql(
  `
  mutation VerifyDomain($input: DomainInput!) { verifyDomain(input: $input) { found domain { ...DomainFields } } }
`,
  [domainFields],
);

const removeMutation = graphql(`
  mutation RemoveDomain($input: DomainInput!) { removeDomain(input: $input) { removedId } }
`);

export type Domain = ResultOf<typeof domainFields>;

/** The account's domains, kept current. */
export function useDomains() {
  const { data, error, refetch } = useQuery(domainsQuery, { fetchPolicy: 'cache-and-network' });
  useLiveRefetch(refetch, ({ subject }) => subject.type === 'EMAIL_DOMAIN');
  return { domains: data?.emailDomains, error, refetch };
}

export const useAddDomain = () => useMutation(addMutation, { refetchQueries: ['EmailDomains'] });
export const useVerifyDomain = () => useMutation(verifyMutation);
export const useRemoveDomain = () => useMutation(removeMutation, { refetchQueries: ['EmailDomains'] });
