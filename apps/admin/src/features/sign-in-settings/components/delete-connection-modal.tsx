'use client';
import { List, Text } from '@mantine/core';
import { useState } from 'react';
import { personName } from '@/components/people/person-name.ts';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
import {
  type SignInConnection,
  useDeleteSignInConnection,
  useLinkedPeople,
} from '../api/sign-in-connections.ts';
import { EndSessionsToo } from './switch-modal.tsx';

interface DeleteConnectionModalProps {
  connection: SignInConnection;
  onClose(): void;
  onDeleted(): void;
}

const SHOWN = 5;

/** Whose links go, as far as there is room. */
function LostLinks({ id }: { id: string }) {
  const { links } = useLinkedPeople(id);
  if (!links || links.totalCount === 0) return <Text>Nobody is linked by it yet.</Text>;
  const { nodes, totalCount } = links;
  return (
    <div>
      <Text>
        {totalCount === 1 ? '1 link goes' : `${totalCount.toLocaleString('en')} links go`} with it. Whoever
        has no password or other sign-in connection can’t sign in any more:
      </Text>
      <List size="sm" mt={6}>
        {nodes.slice(0, SHOWN).map(({ id: linkId, user }) => (
          <List.Item key={linkId}>{personName(user)}</List.Item>
        ))}
        {totalCount > SHOWN && (
          <List.Item>and {(totalCount - Math.min(SHOWN, nodes.length)).toLocaleString('en')} more</List.Item>
        )}
      </List>
    </div>
  );
}

/** Deletes a sign-in connection after naming whose links go. */
export function DeleteConnectionModal({
  connection: { id, name },
  onClose,
  onDeleted,
}: DeleteConnectionModalProps) {
  const [endSessions, setEndSessions] = useState(true);
  return (
    <ConfirmModal
      question={`Delete ${name}?`}
      act="Delete"
      mutation={useDeleteSignInConnection()}
      input={{ id, endSessions }}
      done={`${name} is deleted`}
      onClose={onClose}
      onDone={onDeleted}
    >
      <LostLinks id={id} />
      <EndSessionsToo checked={endSessions} onChange={setEndSessions} />
      <Text c="dimmed" size="xs">
        This can’t be undone. Switched off, it keeps its links.
      </Text>
    </ConfirmModal>
  );
}
