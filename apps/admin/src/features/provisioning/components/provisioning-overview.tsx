'use client';
import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { ExpiringTokens } from '@/components/tokens/expiring-tokens.tsx';
import { CopyableCode } from '@/components/ui/copyable-code.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Page } from '@/components/ui/page.tsx';
import { Section } from '@/components/ui/section.tsx';
import { useProvisioning } from '../api/connections.ts';
import { curlCommand } from '../providers.ts';
import { AssignedRoles } from './assigned-roles.tsx';
import { ConnectionTable } from './connection-table.tsx';
import { CreateConnectionModal } from './create-connection-modal.tsx';
import { SetUpSteps } from './set-up-steps.tsx';

/** Where identity providers send people, what is connected, and how to connect one more. */
export function ProvisioningOverview() {
  const { data, error, refetch } = useProvisioning();
  const [creating, create] = useDisclosure(false);
  const createButton = (
    <Button leftSection={<IconPlus size={14} />} onClick={create.open}>
      Add a connection
    </Button>
  );
  return (
    <Page
      title="Provisioning"
      description="Identity providers send people and groups here over SCIM 2.0."
      action={createButton}
    >
      <ExpiringTokens />
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {!data && !error && <Skeleton height={280} radius="lg" />}
      {data && (
        <Stack gap="md">
          <Section title="Connections" count={data.connections.nodes.length}>
            {data.connections.nodes.length === 0 ? (
              <EmptyState icon={IconPlugConnected} title="Nothing is connected yet" action={createButton}>
                A connection is this account’s set-up with one identity provider: its tokens, its people, its
                groups.
              </EmptyState>
            ) : (
              <ConnectionTable connections={data.connections.nodes} />
            )}
          </Section>
          {data.connections.nodes.length > 0 && <AssignedRoles />}
          <Section title="SCIM address">
            <Text c="dimmed" mb={8}>
              Paste it as tenant URL or base URL. It works with any token of this account.
            </Text>
            <CopyableCode value={data.account.scimUrl} label="SCIM URL" block />
            <Text c="dimmed" mt="md" mb={8}>
              Try it from a terminal, with a SCIM token in <code>TOKEN</code>:
            </Text>
            <CopyableCode value={curlCommand(data.account.scimUrl)} label="command" block />
          </Section>
          <SetUpSteps />
        </Stack>
      )}
      {creating && <CreateConnectionModal onClose={create.close} />}
    </Page>
  );
}
