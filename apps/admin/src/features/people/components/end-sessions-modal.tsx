'use client';
import { Button, Group, List, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { useEndSessionsOf, useSessionsOf } from '../api/person-access.ts';

interface EndSessionsModalProps {
  id: string;
  name: string;
  onClose: () => void;
}

const counted = (count: number) => `${count} ${count === 1 ? 'session' : 'sessions'}`;

/** Ends all sessions of somebody, after showing which. */
export function EndSessionsModal({ id, name, onClose }: EndSessionsModalProps) {
  const { sessions, loading, error } = useSessionsOf(id);
  const [end, ending] = useEndSessionsOf();
  const submit = async () => {
    // The dialog shows a refusal through `error`.
    const result = await end({ variables: { input: { userId: id } } }).catch(() => undefined);
    if (!result?.data) return;
    const { length } = result.data.endSessions.endedSessionIds;
    notifications.show({ message: `${counted(length)} of ${name} ended` });
    onClose();
  };
  const refusal = ending.error ?? error;
  return (
    <Modal opened onClose={onClose} title={`End the sessions of ${name}?`}>
      <Stack gap="md">
        {refusal && <ErrorState error={refusal} />}
        {loading && <Skeleton height={60} />}
        {sessions?.length === 0 && <Text>{name} is not signed in anywhere.</Text>}
        {sessions && sessions.length > 0 && (
          <>
            <Text>They are signed out at once and can sign in again; their tokens stay.</Text>
            <List size="sm">
              {sessions.slice(0, 5).map(({ id: sessionId, device, address, lastUsedAt }) => (
                <List.Item key={sessionId}>
                  {device}
                  {address && ` · ${address}`}, used <TimeAgo at={lastUsedAt} />
                </List.Item>
              ))}
              {sessions.length > 5 && <List.Item>and {sessions.length - 5} more</List.Item>}
            </List>
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {sessions?.length ? 'Keep them' : 'Close'}
          </Button>
          {sessions && sessions.length > 0 && (
            <Button color="red" loading={ending.loading} onClick={submit}>
              End {counted(sessions.length)}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
