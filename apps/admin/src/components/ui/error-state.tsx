'use client';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { toApiError } from '@/lib/graphql/api-error.ts';
import { CopyableCode } from './copyable-code.tsx';

const advice: Record<string, string> = {
  FORBIDDEN: 'Your roles don’t allow this. Ask an admin of the account.',
  NOT_FOUND: 'It may have been removed, or it belongs to another account.',
  UNAVAILABLE: 'The rest of the page stays usable; try again in a moment.',
};

/** What happened, the request id to ask about, and what to do next. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { code, message, requestId } = toApiError(error);
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} title={message} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text>{advice[code] ?? 'Try again; if it stays, pass on the request id.'}</Text>
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
