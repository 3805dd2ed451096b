'use client';
import { Button, Skeleton } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import Link from 'next/link';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { useUrlState } from '@/lib/url-state.ts';
import { useMappingOptions } from '../api/group-mapping.ts';
import { ConnectionGroups } from './connection-groups.tsx';

function NoConnection() {
  return (
    <EmptyState
      icon={IconPlugConnected}
      title="Nothing is connected yet"
      action={
        <Button component={Link} href="/provisioning">
          Connect an identity provider
        </Button>
      }
    >
      The groups that an identity provider pushes are listed here, each with the roles that it gives.
    </EmptyState>
  );
}

/** Which groups that are pushed give which roles, one connection at a time. */
export function ScimTab() {
  const { data, error, refetch } = useMappingOptions();
  const { params } = useUrlState();
  const connections = data?.connections.nodes ?? [];
  const connection = connections.find(({ id }) => id === params.get('connection')) ?? connections[0];
  return (
    <>
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {!data && !error && <Skeleton height={320} radius="lg" />}
      {data && !connection && <NoConnection />}
      {data && connection && (
        <ConnectionGroups
          key={connection.id}
          connection={connection}
          connections={connections}
          roles={data.roles.nodes}
        />
      )}
    </>
  );
}
