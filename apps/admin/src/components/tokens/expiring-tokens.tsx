'use client';
import { useQuery } from '@apollo/client/react';
import { Alert, Anchor } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import Link from 'next/link';
import { graphql } from '@/lib/graphql/graphql.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';
import { relativeTime } from '@/lib/time/relative-time.ts';
import { useNow } from '@/lib/time/use-now.ts';

const expiringTokensQuery = graphql(`
  query ExpiringTokens {
    tokens(first: 1, expiringSoon: true) {
      totalCount
      nodes { __typename id name expiresAt }
    }
  }
`);

/** One line of the tokens that expire soon, as long as there are some; nothing for who may not see tokens. */
export function ExpiringTokens() {
  const { data, refetch } = useQuery(expiringTokensQuery, { fetchPolicy: 'cache-and-network' });
  useLiveRefetch(refetch, ({ subject }) => subject.type === 'TOKEN');
  const now = useNow();
  const first = data?.tokens.nodes[0];
  if (!data || !first?.expiresAt) return null;
  const { totalCount } = data.tokens;
  const when = relativeTime(Date.parse(first.expiresAt), now, 'inWords');
  return (
    <Alert color="yellow" variant="light" py="xs" icon={<IconClockExclamation size={18} />} role="note">
      <Anchor component={Link} href="/tokens?show=expiring" inherit c="inherit" underline="always">
        {totalCount === 1
          ? `The token ${first.name} expires ${when}`
          : `${totalCount.toLocaleString('en')} tokens expire within 30 days, ${first.name} first, ${when}`}
      </Anchor>
    </Alert>
  );
}
