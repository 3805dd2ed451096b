'use client';
import { Button, Center, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { ListTable } from '@/components/ui/list-table.tsx';
import { Page } from '@/components/ui/page.tsx';
import { TableSkeleton } from '@/components/ui/table-skeleton.tsx';
import { type Token, useTokens } from '../api/tokens.ts';
import { IssueTokenModal } from './issue-token-modal.tsx';
import { RevokeTokenModal } from './revoke-token-modal.tsx';
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

/** Secrets for machines: identity providers and internal tools. */
export function TokenList() {
  const { tokens, loading, error, refetch, loadMore } = useTokens();
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
      {tokens?.nodes.length === 0 ? (
        <EmptyState icon={IconKey} title="There are no tokens yet" action={issueButton}>
          An identity provider needs one to send people here, and an internal tool needs one to use the API.
        </EmptyState>
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
      {issuing && <IssueTokenModal onClose={issue.close} />}
      {rotated && <RotateTokenModal token={rotated} onClose={() => setRotated(undefined)} />}
      {revoked && <RevokeTokenModal token={revoked} onClose={() => setRevoked(undefined)} />}
    </Page>
  );
}
