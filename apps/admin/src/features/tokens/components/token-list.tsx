'use client';
import { Button, Center, SegmentedControl, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconClockCheck, IconKey, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { ExpiringTokens } from '@/components/tokens/expiring-tokens.tsx';
import { RevokeTokenModal } from '@/components/tokens/revoke-token-modal.tsx';
import type { Token } from '@/components/tokens/token-fields.ts';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { ListTable } from '@/components/ui/list-table.tsx';
import { Page } from '@/components/ui/page.tsx';
import { TableSkeleton } from '@/components/ui/table-skeleton.tsx';
import { useUrlState } from '@/lib/url-state.ts';
import { useTokens } from '../api/tokens.ts';
import { IssueTokenModal } from './issue-token-modal.tsx';
import { OAuthClients } from './oauth-clients.tsx';
import { RotateTokenModal } from './rotate-token-modal.tsx';
import { TokenRow } from './token-row.tsx';

function Head() {
  return (
    <Table.Tr>
      <Table.Th>Name</Table.Th>
      <Table.Th visibleFrom="md">Token</Table.Th>
      <Table.Th visibleFrom="lg">May</Table.Th>
      <Table.Th visibleFrom="sm">Last used</Table.Th>
      <Table.Th visibleFrom="sm">Expires</Table.Th>
      <Table.Th>State</Table.Th>
      <Table.Th aria-label="Actions" />
    </Table.Tr>
  );
}

function NoTokens({ action }: { action: ReactNode }) {
  return (
    <EmptyState icon={IconKey} title="There are no tokens yet" action={action}>
      An identity provider needs one to send people here, and an internal tool needs one to use the API.
    </EmptyState>
  );
}

const NoneExpires = () => (
  <EmptyState icon={IconClockCheck} title="No token expires within 30 days">
    When one is about to, it is listed here, and whoever may change tokens gets a mail.
  </EmptyState>
);

const views = [
  { value: 'all', label: 'All' },
  { value: 'expiring', label: 'Expiring soon' },
];

/** Secrets for machines: identity providers and internal tools. */
export function TokenList() {
  const { params, change } = useUrlState();
  const expiring = params.get('show') === 'expiring';
  const { tokens, loading, error, refetch, loadMore } = useTokens(expiring);
  const [issuing, issue] = useDisclosure(false);
  const [rotated, setRotated] = useState<Token>();
  const [revoked, setRevoked] = useState<Token>();
  const issueButton = (
    <Button leftSection={<IconPlus size={14} />} onClick={issue.open}>
      Issue a token
    </Button>
  );
  return (
    <Page
      title="Tokens"
      description="Secrets for machines. A secret is shown once; afterwards only how it begins and ends."
      action={issueButton}
    >
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {!expiring && <ExpiringTokens />}
      <SegmentedControl
        w="max-content"
        aria-label="Which tokens"
        data={views}
        value={expiring ? 'expiring' : 'all'}
        onChange={(show) => change({ show: show === 'all' ? null : show })}
      />
      {tokens?.nodes.length === 0 ? (
        expiring ? (
          <NoneExpires />
        ) : (
          <NoTokens action={issueButton} />
        )
      ) : (
        (tokens || !error) && (
          <ListTable head={<Head />}>
            {tokens?.nodes.map((token) => (
              <TokenRow
                key={token.id}
                token={token}
                onRotate={() => setRotated(token)}
                onRevoke={() => setRevoked(token)}
              />
            )) ?? <TableSkeleton rows={4} columns={7} />}
          </ListTable>
        )
      )}
      {tokens?.pageInfo.hasNextPage && (
        <Center>
          <Button variant="subtle" color="gray" loading={loading} onClick={loadMore}>
            More tokens
          </Button>
        </Center>
      )}
      {!expiring && <OAuthClients />}
      {issuing && <IssueTokenModal onClose={issue.close} />}
      {rotated && <RotateTokenModal token={rotated} onClose={() => setRotated(undefined)} />}
      {revoked && <RevokeTokenModal token={revoked} onClose={() => setRevoked(undefined)} />}
    </Page>
  );
}
