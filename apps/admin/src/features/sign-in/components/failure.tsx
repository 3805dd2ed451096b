import { Alert, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { CopyableCode } from '@/components/ui/copyable-code.tsx';
import type { AuthFailure } from '../api/post-auth.ts';

/** What the server refused, in its words, and the request to ask about. */
export function Failure({ failure: { message, requestId } }: { failure: AuthFailure }) {
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} title={message} role="alert">
      {requestId && (
        <Group gap={6}>
          <Text c="dimmed" size="xs">
            Request
          </Text>
          <CopyableCode value={requestId} label="request id" />
        </Group>
      )}
    </Alert>
  );
}
