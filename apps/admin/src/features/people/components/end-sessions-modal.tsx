'use client';
import { List, Skeleton, Text } from '@mantine/core';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { counted } from '@/lib/text/counted.ts';
import { useEndSessionsOf, useSessionsOf } from '../api/person-access.ts';

interface EndSessionsModalProps {
  id: string;
  name: string;
  onClose: () => void;
}

const sessionCount = (count: number) => counted(count, 'session', 'sessions');

/** Ends all sessions of somebody, after showing which. */
export function EndSessionsModal({ id, name, onClose }: EndSessionsModalProps) {
  const { sessions, loading, error } = useSessionsOf(id);
  return (
    <ConfirmModal
      question={`End the sessions of ${name}?`}
      act={sessions?.length ? `End ${sessionCount(sessions.length)}` : undefined}
      keep="Keep them"
      mutation={useEndSessionsOf()}
      input={{ userId: id }}
      done={({ endSessions }) => `${sessionCount(endSessions.endedSessionIds.length)} of ${name} ended`}
      refusal={error}
      onClose={onClose}
    >
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
    </ConfirmModal>
  );
}
