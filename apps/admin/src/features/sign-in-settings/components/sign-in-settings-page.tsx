'use client';
import { Button, Skeleton, Stack } from '@mantine/core';
import { IconLogin2, IconPlus } from '@tabler/icons-react';
import Link from 'next/link';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Page } from '@/components/ui/page.tsx';
import { Section } from '@/components/ui/section.tsx';
import { useSignInConnections } from '../api/sign-in-connections.ts';
import { Domains } from './domains.tsx';
import { SignInConnectionTable } from './sign-in-connection-table.tsx';
import { SignInPolicyForm } from './sign-in-policy-form.tsx';

/** By what people sign in, and which addresses lead there. */
export function SignInSettingsPage() {
  const { connections, error, refetch } = useSignInConnections();
  const add = (
    <Button component={Link} href="/sign-in-settings/new" leftSection={<IconPlus size={14} />}>
      Add a connection
    </Button>
  );
  return (
    <Page
      title="Sign-in"
      description="Where your people sign in, and whose addresses lead them there."
      action={add}
    >
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {!connections && !error && <Skeleton height={240} radius="lg" />}
      <Stack gap="md">
        {connections && (
          <Section title="Sign-in connections" count={connections.totalCount}>
            {connections.nodes.length === 0 ? (
              <EmptyState icon={IconLogin2} title="People sign in with a password" action={add}>
                Connect your identity provider, and they sign in where they already do. Passwords go on
                working.
              </EmptyState>
            ) : (
              <SignInConnectionTable connections={connections.nodes} />
            )}
          </Section>
        )}
        <Domains />
        <SignInPolicyForm />
      </Stack>
    </Page>
  );
}
