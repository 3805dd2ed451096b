'use client';
import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import Link from 'next/link';
import { toApiError } from '@/lib/graphql/api-error.ts';
import { CopyableCode } from './copyable-code.tsx';

/** Where the way out of a refusal begins. */
const waysOut: Record<string, { href: string; label: string }> = {
  LAST_ADMIN: { href: '/people', label: 'Choose another admin' },
  MANAGED_BY_CONNECTION: { href: '/provisioning', label: 'See the connections' },
  ROLE_SOURCE_SCIM: { href: '/group-mapping', label: 'See the group mapping' },
};

const titles: Record<string, string> = {
  LAST_ADMIN: 'This is the last active admin of the account',
};

const advice: Record<string, string> = {
  LAST_ADMIN: 'Give somebody else the admin role first, on their page.',
  MANAGED_BY_CONNECTION: 'Only the identity provider changes what its connection manages strictly.',
  ROLE_SOURCE_SCIM: 'Change the groups at the identity provider, or their mappings.',
  FORBIDDEN: 'Your roles don’t allow this. Ask an admin of the account.',
  NOT_FOUND: 'It may have been removed, or it belongs to another account.',
  INTERNAL: 'Try again; if it stays, pass on the request id.',
  UNAVAILABLE: 'The rest of the page stays usable; try again in a moment.',
};

/** What happened, the request id to ask about, and what to do next; a refusal by a rule says that itself. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { code, message, requestId } = toApiError(error);
  const wayOut = waysOut[code];
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={titles[code] ?? message}
      role="alert"
    >
      <Stack gap="xs" align="flex-start">
        {advice[code] && <Text>{advice[code]}</Text>}
        {wayOut && (
          <Anchor component={Link} href={wayOut.href} size="sm">
            {wayOut.label}
          </Anchor>
        )}
        <Group gap="sm">
          {onRetry && (
            <Button variant="default" onClick={onRetry}>
              Try again
            </Button>
          )}
          {requestId && (
            <Group gap={6}>
              <Text c="dimmed" size="xs">
                Request
              </Text>
              <CopyableCode value={requestId} label="request id" />
            </Group>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
