'use client';
import { Button, Stack, Table, Text } from '@mantine/core';
import Link from 'next/link';
import { useState } from 'react';
import { personName } from '@/components/people/person-name.ts';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import type { ErasedGrant } from '../api/role-source.ts';

const cause = ({ signIn, grantedBy }: ErasedGrant): string =>
  signIn ? `Sign-in with ${signIn.group} · ${signIn.signInConnectionName}` : `By hand · ${grantedBy.name}`;

function GrantRow({ grant }: { grant: ErasedGrant }) {
  const { user, role, grantedAt, rolesAfterwards } = grant;
  return (
    <Table.Tr>
      <Table.Td>
        <Text component={Link} href={`/people/${user.id}`} fw={500}>
          {personName(user)}
        </Text>
      </Table.Td>
      <Table.Td>{role.name}</Table.Td>
      <Table.Td visibleFrom="sm">
        {cause(grant)}{' '}
        <Text span c="dimmed">
          · <TimeAgo at={grantedAt} />
        </Text>
      </Table.Td>
      <Table.Td>
        {rolesAfterwards.length === 0 ? (
          <Text span c="dimmed">
            none
          </Text>
        ) : (
          rolesAfterwards.map(({ name }) => name).join(', ')
        )}
      </Table.Td>
    </Table.Tr>
  );
}

interface ErasedGrantsProps {
  summary: string;
  grants: readonly ErasedGrant[];
  hasMore: boolean;
  onMore(): Promise<unknown>;
}

/** The exact list of what would be erased, with what each person would have afterwards. */
export function ErasedGrants({ summary, grants, hasMore, onMore }: ErasedGrantsProps) {
  const [loading, setLoading] = useState(false);
  const more = async () => {
    setLoading(true);
    await onMore();
    setLoading(false);
  };
  return (
    <Stack gap="sm">
      <Text>{summary}</Text>
      {grants.length > 0 && (
        <Table.ScrollContainer minWidth={420}>
          <Table verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Person</Table.Th>
                <Table.Th>Loses</Table.Th>
                <Table.Th visibleFrom="sm">Given</Table.Th>
                <Table.Th>Has afterwards</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {grants.map((grant) => (
                <GrantRow key={grant.id} grant={grant} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {hasMore && (
        <Button
          variant="default"
          size="xs"
          loading={loading}
          onClick={more}
          style={{ alignSelf: 'flex-start' }}
        >
          Show more
        </Button>
      )}
    </Stack>
  );
}
