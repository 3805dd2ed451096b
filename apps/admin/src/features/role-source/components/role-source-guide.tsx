'use client';
import { Anchor, Skeleton } from '@mantine/core';
import Link from 'next/link';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Page } from '@/components/ui/page.tsx';
import { useRoleSourcePreview } from '../api/role-source.ts';
import { FromScim } from './from-scim.tsx';
import { SwitchToScim } from './switch-to-scim.tsx';

/** Where the roles of people come from, and the guided switch to SCIM alone. */
export function RoleSourceGuide() {
  const { roleSource, preview, error, refetch, loadMore } = useRoleSourcePreview();
  return (
    <Page
      title="Where roles come from"
      description="By hand, by sign-ins and by SCIM together, or by SCIM alone, so that the identity provider decides on every role."
      action={
        <Anchor component={Link} href="/group-mapping" size="sm">
          Group mapping
        </Anchor>
      }
    >
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {!preview && !error && <Skeleton height={320} radius="lg" />}
      {roleSource === 'SCIM' && <FromScim />}
      {roleSource === 'SSO_AND_MANUAL' && preview && (
        <SwitchToScim preview={preview} onMore={loadMore} onStale={() => refetch()} />
      )}
    </Page>
  );
}
