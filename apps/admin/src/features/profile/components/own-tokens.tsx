'use client';
import { Button, Code, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { RevokeTokenModal } from '@/components/tokens/revoke-token-modal.tsx';
import type { TokenSummary } from '@/components/tokens/token-fields.ts';
import { TokenStateBadge } from '@/components/tokens/token-state-badge.tsx';
import { Section } from '@/components/ui/section.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import type { Profile } from '../api/profile.ts';
import { IssueOwnTokenModal } from './issue-own-token-modal.tsx';

interface OwnTokensProps {
  tokens: readonly TokenSummary[];
  /** What the person may do, which is the most that a token of theirs may. */
  permissions: Profile['permissions'];
}

/** The tokens that act for whoever is signed in, and how to get or end one. */
export function OwnTokens({ tokens, permissions }: OwnTokensProps) {
  const [issuing, issue] = useDisclosure(false);
  const [revoked, setRevoked] = useState<TokenSummary>();
  return (
    <Section
      title="Your API tokens"
      count={tokens.length}
      action={
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={issue.open}>
          Issue a token
        </Button>
      }
    >
      <Stack gap="sm">
        {tokens.length > 0 && (
          <Table verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th visibleFrom="md">Token</Table.Th>
                <Table.Th visibleFrom="sm">Last used</Table.Th>
                <Table.Th>Expires</Table.Th>
                <Table.Th visibleFrom="sm">State</Table.Th>
                <Table.Th aria-label="Actions" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {tokens.map((token) => (
                <Table.Tr key={token.id}>
                  <Table.Td>
                    <Text fw={500}>{token.name}</Text>
                  </Table.Td>
                  <Table.Td visibleFrom="md">
                    <Code>
                      {token.prefix}…{token.lastFour}
                    </Code>
                  </Table.Td>
                  <Table.Td visibleFrom="sm">
                    <TimeAgo at={token.lastUsedAt} />
                  </Table.Td>
                  <Table.Td>
                    <TimeAgo at={token.expiresAt} />
                  </Table.Td>
                  <Table.Td visibleFrom="sm">
                    <TokenStateBadge token={token} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Button
                      variant="subtle"
                      color="red"
                      size="xs"
                      aria-label={`Revoke ${token.name}`}
                      onClick={() => setRevoked(token)}
                    >
                      Revoke
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        <Text c="dimmed" size="xs">
          A token acts for you: it may do no more than you may at that moment, and ends when your access does.
        </Text>
      </Stack>
      {issuing && <IssueOwnTokenModal permissions={permissions} onClose={issue.close} />}
      {revoked && <RevokeTokenModal token={revoked} onClose={() => setRevoked(undefined)} />}
    </Section>
  );
}
